import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import { CheckList } from "../check_list.tsx";
import type { WireCheck, WireChecks } from "../settings_wire.ts";
import { byGroup, verdictOf } from "./checks.ts";

/** The doctor: every precondition checked for real, with what to do. */
export function DoctorPanel({ api }: { api: Api }) {
  const found = useSignal<readonly WireCheck[] | undefined>(undefined);
  const write = useWrite();
  const check = () =>
    write.run(async () => {
      found.value = (await api.send<WireChecks>("POST", "/doctor", {})).checks;
    });
  const checks = found.value;
  return (
    <Panel heading="Check everything" isBusy={write.isBusy}>
      <p class="quiet">
        Looks at the machine, the desktop, blocking, phones, mail and SMS for real, and says what to
        do. It logs in at your mail server and at Twilio, and sends nothing. On the terminal:{" "}
        <code>prodtracker doctor</code>
      </p>
      <div class="actions">
        <button
          type="button"
          class="second"
          aria-disabled={write.isBusy || undefined}
          onClick={check}
        >
          {checks ? "Check again" : "Check now"}
        </button>
        <span role="status">
          {write.isBusy ? "Checking; this takes some seconds…" : checks && verdictOf(checks)}
        </span>
      </div>
      <Problem of={write.problem} doing="check" again={check} />
      {checks &&
        byGroup(checks).map(({ group, checks }) => (
          <section key={group} class="check-group" aria-label={group}>
            <h3>{group}</h3>
            <CheckList checks={checks} />
          </section>
        ))}
    </Panel>
  );
}
