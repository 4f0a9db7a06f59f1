import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Problem } from "../components/problem.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { useRead } from "../use_read.ts";
import { BudgetPanel } from "./budget_panel.tsx";
import { HindranceNote } from "./hindrance_note.tsx";
import { NextPanel } from "./next_panel.tsx";
import { RunningPanel } from "./running_panel.tsx";
import { StartPanel } from "./start_panel.tsx";
import { UnknownPanel } from "./unknown_panel.tsx";
import { useBlockStatus } from "./use_block_status.ts";
import type { WireBlockMeans, WireDomains } from "./wire.ts";

interface NowSectionProps {
  readonly api: Api;
  readonly isSignedIn: boolean;
}

/** What is blocked now, or the way to block; and what is to come. */
export function NowSection({ api, isSignedIn }: NowSectionProps) {
  const { heard, problem, again, take } = useBlockStatus(api);
  const domains = useRead<WireDomains>(api, isSignedIn ? "/blocker/domains" : undefined, {
    on: ["block"],
  });
  const means = useRead<WireBlockMeans>(api, isSignedIn ? "/blocker/means" : undefined, {
    on: ["block"],
  });
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  const status = heard?.status;
  /** A second block is wanted while one runs: the form for it is out of the way until then. */
  const isAnother = useSignal(false);
  const isOffered = isAnother.value || !status?.block;
  // The form's first choice is of the lists there are: it is not shown with less and changed then.
  const isReady = !isSignedIn || domains.data !== undefined || domains.problem !== undefined;
  return (
    <div class="page two-columns">
      <div ref={place} class="block-now" tabIndex={-1}>
        <Problem
          of={heard === undefined ? problem : undefined}
          doing="read what is blocked"
          again={again}
        />
        {means.data?.possible === false && !status?.active && <HindranceNote means={means.data} />}
        {heard !== undefined && status?.block && (
          <RunningPanel api={api} heard={heard} block={status.block} onStatus={take} />
        )}
        {heard !== undefined && status?.unknown && (
          <UnknownPanel api={api} heard={heard} unknown={status.unknown} onStatus={take} />
        )}
        {status !== undefined && isReady && isOffered && (
          <StartPanel
            api={api}
            lists={isSignedIn ? domains.data?.lists : undefined}
            running={status.block ?? undefined}
            onStatus={(next) => {
              isAnother.value = false;
              take(next);
            }}
          />
        )}
        {status?.block && !isOffered && (
          <div class="actions">
            <button type="button" class="second" onClick={() => isAnother.value = true}>
              Block something else
            </button>
          </div>
        )}
      </div>
      <div class="block-beside">
        {status !== undefined && <NextPanel next={status.next} isSignedIn={isSignedIn} />}
        {isSignedIn && <BudgetPanel api={api} lists={domains.data?.lists ?? []} />}
      </div>
    </div>
  );
}
