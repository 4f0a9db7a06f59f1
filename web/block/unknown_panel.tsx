import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { nowMs } from "../state.ts";
import { useWrite } from "../use_write.ts";
import { Countdown } from "./countdown.tsx";
import { momentWords } from "./times.ts";
import type { HeardStatus } from "./use_block_status.ts";
import type { WireBlockStatus } from "./wire.ts";
import { countWords } from "./words.ts";

interface UnknownPanelProps {
  readonly api: Api;
  readonly heard: HeardStatus;
  readonly unknown: NonNullable<WireBlockStatus["unknown"]>;
  readonly onStatus: (status: WireBlockStatus) => void;
}

/** A block that stands in the hosts file and is not of this data directory. */
export function UnknownPanel({ api, heard, unknown, onStatus }: UnknownPanelProps) {
  const write = useWrite();
  const lift = () =>
    write.run(async () => {
      onStatus(await api.send<WireBlockStatus>("POST", "/blocker/manual_unblock", {}));
    }, "Taken away. The sites can be reached again.");
  return (
    <Panel heading="Blocked now" class="running">
      <Countdown heard={heard} />
      {unknown.end !== null && (
        <p class="running-until">
          until <strong>{momentWords(unknown.end, nowMs.value)}</strong>
        </p>
      )}
      <p>
        {countWords(unknown.name_count, "name")}{" "}
        that this history does not know, such as of another user of this computer or of another data
        directory.
      </p>
      <div class="actions">
        <button type="button" class="second danger" aria-disabled={write.isBusy} onClick={lift}>
          Take them away
        </button>
      </div>
      <Problem of={write.problem} doing="take them away" />
    </Panel>
  );
}
