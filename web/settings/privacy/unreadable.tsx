import type { Api } from "../../api.ts";
import { withoutControls } from "../../format.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";

interface PrivacyUnreadableProps {
  readonly api: Api;
  readonly why: string;
  readonly onDone: () => void;
}

/** The rules cannot be read: every title is dropped until they are set anew. */
export function PrivacyUnreadable({ api, why, onDone }: PrivacyUnreadableProps) {
  const write = useWrite();
  const begin = async () => {
    const rules = await write.run(
      () => api.send<unknown[]>("PUT", "/privacy", []),
      "Saved: you have no privacy rules. Add yours anew.",
    );
    if (rules !== undefined) onDone();
  };
  return (
    <Panel heading="Your privacy rules cannot be read">
      <p>
        Until they are set anew, every title and address is dropped, so nothing is told too much.
      </p>
      <p class="quiet">{withoutControls(why)}</p>
      <div class="actions">
        <button type="button" class="danger" disabled={write.isBusy} onClick={begin}>
          Remove all rules and begin anew
        </button>
      </div>
      <Problem of={write.problem} doing="remove the rules" />
    </Panel>
  );
}
