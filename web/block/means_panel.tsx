import type { Api } from "../api.ts";
import { ForeignText } from "../components/foreign_text.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { useRead } from "../use_read.ts";
import { SetupSteps } from "./setup_steps.tsx";
import { StateMark } from "./state_mark.tsx";
import type { WireBlockMeans } from "./wire.ts";

const KINDS = { ok: "good", warn: "wait", fail: "bad", off: "off" } as const;
const WORDS = { ok: "Fine", warn: "Look at this", fail: "Does not work", off: "Off" } as const;

/** What blocking takes on this machine, and what hinders it. */
export function MeansPanel({ api }: { api: Api }) {
  const { data, problem, again, isReading } = useRead<WireBlockMeans>(api, "/blocker/means", {
    on: ["block"],
  });
  return (
    <Panel
      heading="Blocking on this computer"
      isBusy={isReading}
      aside={
        <button type="button" class="plain" onClick={again}>
          Look again<span class="only-heard">at what blocking takes</span>
        </button>
      }
    >
      <Problem of={problem} doing="look at it" again={again} />
      {data && (
        <>
          <ul class="findings">
            {data.checks.map(({ name, status, detail, remedy }) => (
              <li key={name} class="finding">
                <h3>{name === "blocker" ? "Hosts file" : name}</h3>
                <StateMark kind={KINDS[status] ?? "off"}>{WORDS[status] ?? status}</StateMark>
                <p class="quiet">
                  <ForeignText text={detail} />
                </p>
                {remedy !== null && (
                  <p class="remedy">
                    <ForeignText text={remedy} />
                  </p>
                )}
              </li>
            ))}
          </ul>
          <SetupSteps means={data} />
        </>
      )}
    </Panel>
  );
}
