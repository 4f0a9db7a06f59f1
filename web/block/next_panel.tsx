import { Panel } from "../components/panel.tsx";
import { ViewLink } from "../components/view_link.tsx";
import { nowMs } from "../state.ts";
import { spanWords } from "./times.ts";
import type { WireBlockStatus } from "./wire.ts";
import { inWords } from "./words.ts";

interface NextPanelProps {
  readonly next: WireBlockStatus["next"];
  readonly isSignedIn: boolean;
}

/** The next block that begins by itself. */
export function NextPanel({ next, isSignedIn }: NextPanelProps) {
  const link = (
    <ViewLink to="block" query={{ section: "schedules" }}>
      {next === null ? "Make a schedule" : "Schedules"}
    </ViewLink>
  );
  return (
    <Panel heading="Next scheduled block" aside={isSignedIn && link}>
      {next === null ? <p class="quiet">Nothing is scheduled within the next eight days.</p> : (
        <p>
          {spanWords(next, nowMs.value)},{" "}
          <span class="quiet">{inWords((Date.parse(next.start) - nowMs.value) / 1000)}</span>
        </p>
      )}
    </Panel>
  );
}
