import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Field } from "../components/field.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { formatClock } from "../format.ts";
import { nowMs } from "../state.ts";
import { useWrite } from "../use_write.ts";
import { LengthChoice } from "./length_choice.tsx";
import { lengthProblem, lengthWords, parseLength } from "./length.ts";
import { ListChoice } from "./list_choice.tsx";
import { namedLists, offeredLists, USUAL, usualLists } from "./lists_offered.ts";
import { readSites, sitesProblem } from "./site_input.ts";
import { momentWords } from "./times.ts";
import type { WireBlock, WireBlockStatus, WireList, WireWish } from "./wire.ts";

interface StartPanelProps {
  readonly api: Api;
  /** `undefined`: nobody is signed in, or they could not be read. */
  readonly lists: readonly WireList[] | undefined;
  /** What a new block would take the place of. */
  readonly running: WireBlock | undefined;
  readonly onStatus: (status: WireBlockStatus) => void;
}

/** The way to block: how long, what, and how firmly. */
export function StartPanel({ api, lists, running, onStatus }: StartPanelProps) {
  const write = useWrite();
  const length = useSignal({ text: "60", isOwn: false });
  const chosen = useSignal<ReadonlySet<string> | undefined>(undefined);
  const siteText = useSignal("");
  const reason = useSignal("");
  const isStrict = useSignal(false);
  const endsConnections = useSignal(false);
  const isSubmitted = useSignal(false);

  const input = readSites(siteText.value);
  const picked = new Set(chosen.value ?? usualLists(lists));
  // The usual is what stands for nothing named.
  if (input.sites.length > 0) picked.delete(USUAL.name);
  const minutes = lengthProblem(length.value.text) ? undefined : parseLength(length.value.text);
  const isNothing = picked.size + input.sites.length === 0;
  const wrong = sitesProblem(input);
  const siteProblem = isSubmitted.value
    ? wrong ?? (isNothing ? "Choose a list, or name a site." : undefined)
    : undefined;

  const choose = (next: ReadonlySet<string>) => {
    const isUsualNew = next.has(USUAL.name) && !picked.has(USUAL.name);
    chosen.value = new Set([...next].filter((name) => (name === USUAL.name) === isUsualNew));
  };
  const start = (event: SubmitEvent) => {
    event.preventDefault();
    isSubmitted.value = true;
    if (minutes === undefined || wrong !== undefined || isNothing) return;
    const wish: WireWish = {
      duration_minutes: minutes,
      ...(!picked.has(USUAL.name) && { lists: namedLists(picked), domains: input.sites }),
      ...(reason.value.trim() !== "" && { reason: reason.value.trim() }),
      strict: isStrict.value,
      end_connections: endsConnections.value,
    };
    write.run(async () => {
      const status = await api.send<WireBlockStatus>("POST", "/blocker/manual_block", wish);
      siteText.value = reason.value = "";
      isSubmitted.value = isStrict.value = false;
      onStatus(status);
      return status;
    }, ({ block }) => block ? `Blocked until ${formatClock(block.end)}.` : "Blocked.");
  };

  return (
    <Panel heading={running === undefined ? "Block sites" : "Block something else"}>
      {running !== undefined && <p class="quiet start-note">{replaceNote(running)}</p>}
      <form class="form" onSubmit={start} noValidate>
        <LengthChoice
          {...length.value}
          onChange={(text, isOwn) => length.value = { text, isOwn }}
        />
        <ListChoice
          legend="What"
          lists={offeredLists(lists)}
          chosen={picked}
          onChange={choose}
        />
        <Field
          label="Other sites"
          hint="Separated by commas, such as reddit.com, 9gag.com"
          problem={siteProblem}
        >
          <input
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={siteText.value}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              siteText.value = event.currentTarget.value}
          />
        </Field>
        <Field label="Why (for the history)">
          <input
            type="text"
            autocomplete="off"
            maxLength={500}
            value={reason.value}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              reason.value = event.currentTarget.value}
          />
        </Field>
        <div class="check-list">
          <label class="check">
            <input
              type="checkbox"
              checked={isStrict.value}
              onChange={() => isStrict.value = !isStrict.value}
            />
            <span>
              Strict <span class="quiet">It cannot be ended early, but by an emergency</span>
            </span>
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={endsConnections.value}
              onChange={() => endsConnections.value = !endsConnections.value}
            />
            <span>
              End connections <span class="quiet">Pages that are open stop too</span>
            </span>
          </label>
        </div>
        <Problem of={write.problem} doing="block" />
        <div class="actions">
          <button type="submit" aria-disabled={write.isBusy}>
            {minutes === undefined ? "Block" : `Block for ${lengthWords(minutes)}`}
          </button>
          {minutes !== undefined && (
            <span class="quiet">
              until{" "}
              {momentWords(new Date(nowMs.value + minutes * 60_000).toISOString(), nowMs.value)}
            </span>
          )}
        </div>
      </form>
    </Panel>
  );
}

function replaceNote({ strict }: WireBlock): string {
  return strict
    ? "The block that runs is strict: what you add is blocked as well, and it never ends sooner."
    : "It takes the place of the block that runs.";
}
