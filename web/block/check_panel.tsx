import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { nowMs } from "../state.ts";
import { useRead } from "../use_read.ts";
import { useWrite } from "../use_write.ts";
import { FindingRow } from "./finding_row.tsx";
import { momentWords } from "./times.ts";
import type { WireBlockStatus, WireCheckRun, WireFinding } from "./wire.ts";
import { checkWords } from "./words.ts";

interface CheckPanelProps {
  readonly api: Api;
  readonly status: WireBlockStatus | undefined;
}

/** What trying each layer and each browser found, and what to do about it. */
export function CheckPanel({ api, status }: CheckPanelProps) {
  const last = useRead<WireCheckRun | null>(api, "/blocker/check/last");
  const write = useWrite();
  const check = () =>
    write.run(async () => {
      const findings = await api.get<WireFinding[]>("/blocker/check");
      last.again();
      return findings;
    }, checkWords);
  const isRunning = status?.active === true;
  const isOfAnother = status?.block && last.data?.block_id !== status.block.id;
  return (
    <Panel heading="Does the block hold?" isBusy={write.isBusy}>
      <div class="actions">
        <button
          type="button"
          class="second"
          aria-disabled={write.isBusy || !isRunning}
          aria-describedby="check-hint"
          onClick={() => isRunning && check()}
        >
          {write.isBusy ? "Checking…" : "Check now"}
        </button>
        <span id="check-hint" class="quiet">
          {isRunning
            ? "Looks a name up and opens each browser in a new profile; takes some seconds"
            : "Nothing is blocked now; a check tries a block that runs"}
        </span>
      </div>
      <Problem of={write.problem} doing="check" again={check} />
      <Problem of={last.problem} doing="read the last check" again={last.again} />
      {last.data === null && (
        <Empty heading="Not checked yet">
          Start a block, then check: it tries the hosts file, the machine's look-up and every
          browser found here.
        </Empty>
      )}
      {last.data && (
        <>
          <ul class="findings">
            {last.data.findings.map((finding) => (
              <FindingRow key={finding.layer} finding={finding} />
            ))}
          </ul>
          <p class="quiet">
            Checked {momentWords(last.data.at, nowMs.value)}
            {isOfAnother && ", with another block than now"}.
          </p>
        </>
      )}
    </Panel>
  );
}
