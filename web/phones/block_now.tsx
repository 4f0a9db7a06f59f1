import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Problem } from "../components/problem.tsx";
import { ViewLink } from "../components/view_link.tsx";
import { formatClock } from "../format.ts";
import { useRead } from "../use_read.ts";
import { endOfBlock } from "../block/time_left.ts";
import type { WireBlockStatus, WireWish } from "../block/wire.ts";
import { useWrite } from "../use_write.ts";
import { countOf } from "./words.ts";

const MINUTES = [25, 50, 90, 180];

/** Blocks the sites that distract on this computer at once, as a phone can; phones are told until when. */
export function BlockNow({ api }: { api: Api }) {
  const status = useRead<WireBlockStatus>(api, "/blocker/status", { on: ["block"] });
  const minutes = useSignal(MINUTES[0]);
  const write = useWrite();
  const block = () =>
    write.run(async () => {
      // By hand: what phones begin themselves stands in the history as theirs.
      const wish: WireWish = { duration_minutes: minutes.value };
      const done = await api.send<WireBlockStatus>("POST", "/blocker/manual_block", wish);
      status.again();
      return done;
    }, ({ block }) => block ? `Blocked until ${formatClock(block.end)}` : "Blocked");
  const running = status.data?.active ? status.data.block : null;
  const end = running && endOfBlock(running);
  return (
    <div class="block-now">
      <p>
        {end !== null
          ? (
            <>
              Distracting sites are blocked until{" "}
              <strong>
                <time dateTime={end}>{formatClock(end)}</time>
              </strong>
              {running?.strict ? ", strictly" : ""}. <ViewLink to="block">Show the block</ViewLink>
            </>
          )
          : (
            <>
              Blocks distracting sites on this computer; with each heartbeat your phones are told
              until when, so that an automation there can do the same. Lists and schedules are on
              {" "}
              <ViewLink to="block">Block</ViewLink>.
            </>
          )}
      </p>
      <Problem of={status.problem} doing="read what is blocked" again={status.again} />
      <Problem of={write.problem} doing="block" />
      {status.data && !running && (
        <div class="actions">
          <label class="quiet" for="block-minutes">For</label>
          <select
            id="block-minutes"
            value={minutes}
            onChange={(event: Event & { currentTarget: HTMLSelectElement }) =>
              minutes.value = Number(event.currentTarget.value)}
          >
            {MINUTES.map((count) => (
              <option key={count} value={count}>{countOf(count, "minute")}</option>
            ))}
          </select>
          <button type="button" aria-disabled={write.isBusy} onClick={block}>
            {write.isBusy ? "Blocking…" : "Block now"}
          </button>
        </div>
      )}
    </div>
  );
}
