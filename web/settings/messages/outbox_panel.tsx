import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Empty } from "../../components/empty.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import type { WireMessage } from "../../wire.ts";
import { OutboxRow } from "./outbox_row.tsx";

const FIRST = 20, MOST = 1_000;

/** Mails and SMS on their way out, and what became of those before; live. */
export function OutboxPanel({ api }: { api: Api }) {
  const limit = useSignal(FIRST);
  const { data, problem, isReading, again } = useRead<readonly WireMessage[]>(
    api,
    `/messages?limit=${limit.value}`,
    { on: ["message"] },
  );
  return (
    <Panel heading="Outbox" isBusy={isReading}>
      <Problem of={problem} doing="read the outbox" again={again} />
      {data?.length === 0 && (
        <Empty heading="Nothing was sent yet">
          Summaries and the ends of focus sessions will stand here, and what became of them.
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul class="rows outbox">
          {data.map((message) => <OutboxRow key={message.id} message={message} />)}
        </ul>
      )}
      {data?.length === limit.value && limit.value < MOST && (
        <button
          type="button"
          class="plain"
          onClick={() => limit.value = Math.min(MOST, limit.value * 5)}
        >
          Show more
        </button>
      )}
    </Panel>
  );
}
