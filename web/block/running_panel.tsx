import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { ForeignText } from "../components/foreign_text.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { ViewLink } from "../components/view_link.tsx";
import { formatClock } from "../format.ts";
import { nowMs } from "../state.ts";
import { useWrite } from "../use_write.ts";
import { Countdown } from "./countdown.tsx";
import { clockAheadMs, endOfBlock, secondsLeft } from "./time_left.ts";
import { EmergencyDialog } from "./emergency_dialog.tsx";
import { extendedMinutes, lengthWords } from "./length.ts";
import { momentWords } from "./times.ts";
import type { HeardStatus } from "./use_block_status.ts";
import type { WireBlock, WireBlockStatus, WireWish } from "./wire.ts";
import { ACTOR_WORDS, countWords, targetWords } from "./words.ts";

interface RunningPanelProps {
  readonly api: Api;
  readonly heard: HeardStatus;
  readonly block: WireBlock;
  readonly onStatus: (status: WireBlockStatus) => void;
}

/** What can be added to a running block, in minutes. */
const MORE = [15, 60] as const;

/** The block that runs: how long still, what, why, and the ways to change that. */
export function RunningPanel({ api, heard, block, onStatus }: RunningPanelProps) {
  const write = useWrite();
  const isAsking = useSignal(false);
  const end = endOfBlock(block);

  const stop = (emergency: boolean) =>
    write.run(async () => {
      const path = "/blocker/manual_unblock";
      const status = await api.send<WireBlockStatus>("POST", path, { emergency });
      isAsking.value = false;
      onStatus(status);
      return status;
    }, (status) =>
      status.block?.emergency_end
        ? `Declared. The block ends at ${formatClock(status.block.emergency_end)}.`
        : "The block has ended. The sites can be reached again.");

  const extend = (more: number) =>
    write.run(async () => {
      const leftS = secondsLeft(block.end, Date.now(), clockAheadMs(heard.status, heard.heardMs));
      const minutes = extendedMinutes(leftS, more);
      if (minutes === undefined) throw new RangeError("A block lasts at most 24 hours");
      const wish: WireWish = {
        duration_minutes: minutes,
        lists: block.lists,
        domains: block.domains,
        ...(block.reason !== null && { reason: block.reason }),
        strict: block.strict,
      };
      const status = await api.send<WireBlockStatus>("POST", "/blocker/manual_block", wish);
      onStatus(status);
      return status;
    }, ({ block }) => `Blocked until ${formatClock(block?.end ?? end)}.`);

  const isDeclared = block.emergency_end !== null;
  return (
    <Panel
      heading="Blocked now"
      class="running"
      aside={block.strict && <span class="chip">Strict</span>}
    >
      <Countdown heard={heard} start={block.start} />
      <p class="running-until">
        until <strong>{momentWords(end, nowMs.value)}</strong>
      </p>
      <p class="running-what">{targetWords(block)}</p>
      <p class="quiet">
        {countWords(block.name_count, "name")} in the hosts file. {ACTOR_WORDS[block.actor]} at{" "}
        {formatClock(block.start)}
        {block.reason
          ? (
            <>
              : <ForeignText text={block.reason} />
            </>
          )
          : "."}
      </p>
      {isDeclared && (
        <p class="notice">
          An emergency was declared: the block ends at {formatClock(end)}.
        </p>
      )}
      <div class="actions">
        {!isDeclared && MORE.map((minutes) => (
          <button
            key={minutes}
            type="button"
            class="second"
            aria-disabled={write.isBusy}
            onClick={() => extend(minutes)}
          >
            Add {lengthWords(minutes)}
          </button>
        ))}
        {!block.strict && (
          <button
            type="button"
            class="second danger"
            aria-disabled={write.isBusy}
            onClick={() => stop(false)}
          >
            End it now
          </button>
        )}
        {block.strict && !isDeclared && (
          <button
            type="button"
            class="plain"
            onClick={() => isAsking.value = true}
          >
            Emergency…
          </button>
        )}
        <ViewLink to="block" query={{ section: "check" }}>Does it hold?</ViewLink>
      </div>
      {!isAsking.value && <Problem of={write.problem} doing="change the block" />}
      <EmergencyDialog
        isOpen={isAsking.value}
        write={write}
        onConfirm={() => stop(true)}
        onClose={() => isAsking.value = false}
      />
    </Panel>
  );
}
