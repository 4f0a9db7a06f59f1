import type { Retention } from "../../../daemon/core/retention.ts";
import type { Api } from "../../api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Problem } from "../../components/problem.tsx";
import { goesWords } from "../erase/words.ts";
import type { WireErasurePreview } from "../privacy_wire.ts";
import { usePosted } from "../use_posted.ts";
import { LIMITS, limitWords, tightenedLimits } from "./limits.ts";

interface TightenDialogProps {
  readonly api: Api;
  readonly before: Retention;
  readonly after: Retention;
  readonly isBusy: boolean;
  readonly problem: Error | undefined;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

const DAY_MS = 86_400_000;

/** Says what would go within a day, before limits are saved that let it. */
export function TightenDialog(
  { api, before, after, isBusy, problem, onSave, onClose }: TightenDialogProps,
) {
  const tightened = tightenedLimits(before, after);
  const days = tightened.includes("events_days") ? after.events_days : null;
  const to = days === null ? undefined : wholeMinute(Date.now() - days * DAY_MS);
  const facts = usePosted<WireErasurePreview>(
    api,
    "/erasures",
    to && { to, dry_run: true },
    { waitMs: 0 },
  );
  // Nobody agrees to what was not said yet.
  const isKnown = to === undefined || facts.data !== undefined || facts.problem !== undefined;
  const goes = facts.data && goesWords(facts.data);
  return (
    <Dialog title="Keep less?" isOpen onClose={onClose}>
      <p>What is older or more than this goes for good, within a day:</p>
      <ul class="erase-goes">
        {tightened.map((name) => (
          <li key={name}>
            {LIMITS[name].name}: <strong>{limitWords(name, after[name])}</strong>{" "}
            <span class="quiet">(until now: {limitWords(name, before[name]).toLowerCase()})</span>
          </li>
        ))}
      </ul>
      {to !== undefined && (
        <p role="status">
          {goes === undefined
            ? facts.problem === undefined && "Counting what is older…"
            : goes.length === 0
            ? "No event is older than that now."
            : `Older now: ${goes.join(", ")}.`}
        </p>
      )}
      <Problem of={facts.problem} doing="count what is older" />
      <p>
        <strong>It cannot be undone.</strong>
      </p>
      <div class="actions">
        <button type="button" class="danger" disabled={isBusy || !isKnown} onClick={onSave}>
          Keep less
        </button>
        <button type="button" class="second" onClick={onClose}>Leave it as it was</button>
      </div>
      <Problem of={problem} doing="save it" />
    </Dialog>
  );
}

/** To the minute: the same question while the dialog is drawn again. */
function wholeMinute(ms: number): string {
  return new Date(Math.floor(ms / 60_000) * 60_000).toISOString();
}
