import type { Api } from "../api.ts";
import { Dialog } from "../components/dialog.tsx";
import { Empty } from "../components/empty.tsx";
import { blankDraft, draftOf, draftOfRule, type DraftSource } from "./rule_draft.ts";
import { RuleForm } from "./rule_form.tsx";
import type { OwnRules } from "./use_rules.ts";
import { useVerdict } from "./use_verdict.ts";
import type { Rule } from "./wire.ts";

interface RuleDialogProps {
  readonly api: Api;
  readonly own: OwnRules;
  readonly rules: readonly Rule[];
  readonly source: DraftSource;
  readonly onClose: () => void;
}

/** A rule that is being written: from a window, from nothing, or one of yours. */
export function RuleDialog({ api, own, rules, source, onClose }: RuleDialogProps) {
  const subject = source.kind === "window" ? source.subject : undefined;
  const verdict = useVerdict(api, subject);
  const edited = source.kind === "edit" ? rules[source.index] : undefined;
  const isKnown = subject === undefined || (verdict.data ?? verdict.problem) !== undefined;
  const title = source.kind === "edit" ? `Edit rule ${source.index + 1}` : "New rule";
  const close = () => {
    own.clear();
    onClose();
  };
  return (
    <Dialog title={title} class="rule-dialog" isOpen onClose={close}>
      {source.kind === "edit" && edited === undefined
        ? <Empty heading="There is no such rule">It was deleted, or moved, meanwhile.</Empty>
        : isKnown && (
          <RuleForm
            api={api}
            own={own}
            rules={rules}
            editing={edited && source.kind === "edit"
              ? { index: source.index, rule: edited }
              : undefined}
            subject={subject}
            verdict={verdict.data}
            start={edited ? draftOfRule(edited) : subject === undefined ? blankDraft() : {
              ...draftOf(subject, verdict.data?.class),
              ...(source.kind === "window" && source.class ? { class: source.class } : {}),
            }}
            onClose={close}
          />
        )}
    </Dialog>
  );
}
