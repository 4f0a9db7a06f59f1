import { useSignal } from "@preact/signals";
import type { PrivacyRule } from "../../../daemon/core/privacy.ts";
import { type Api, ApiError } from "../../api.ts";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import { EraseState } from "../erase/erase_state.tsx";
import { PrivacyPast } from "./past_panel.tsx";
import { PrivacyRules } from "./rules_panel.tsx";
import { PrivacyTest } from "./test_panel.tsx";
import { PrivacyUnreadable } from "./unreadable.tsx";

/** What of your windows may be known: the rules, a test of them, and what they would change of the past. */
export function PrivacySection({ api }: { api: Api }) {
  const { data: rules, problem, again } = useRead<PrivacyRule[]>(api, "/privacy");
  /** The rule that is being written, where its place is known: the test below goes by it too. */
  const tried = useSignal<readonly PrivacyRule[] | undefined>(undefined);
  const isUnreadable = problem instanceof ApiError && problem.status === 503;
  return (
    <div class="page privacy-page">
      {isUnreadable
        ? <PrivacyUnreadable api={api} why={problem.message} onDone={again} />
        : <Problem of={problem} doing="read the privacy rules" again={again} />}
      {!isUnreadable && rules !== undefined && (
        <>
          <PrivacyRules
            api={api}
            rules={rules}
            onChanged={again}
            onTry={(rules) => tried.value = rules}
          />
          <PrivacyTest
            api={api}
            rules={tried.value ?? rules}
            isTrying={tried.value !== undefined}
          />
          <PrivacyPast api={api} rules={rules} />
        </>
      )}
      <EraseState api={api} isBrief />
    </div>
  );
}
