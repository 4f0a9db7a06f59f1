import { useSignal } from "@preact/signals";
import type { PrivacyRule } from "../../../daemon/core/privacy.ts";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { PrivacyVerdict } from "./verdict.tsx";
import type { WirePrivacyVerdict } from "../privacy_wire.ts";
import { usePosted } from "../use_posted.ts";

interface PrivacyTestProps {
  readonly api: Api;
  readonly rules: readonly PrivacyRule[];
  /** One of the rules is being written and not saved. */
  readonly isTrying: boolean;
}

const NAMES = { app: "App", title: "Title", url: "Address" } as const;

/** Says of any window what would be stored of it. What is typed here is kept nowhere, not in the address either. */
export function PrivacyTest({ api, rules, isTrying }: PrivacyTestProps) {
  const typed = useSignal({ app: "", title: "", url: "" });
  const subject = Object.fromEntries(Object.entries(typed.value).filter(([, text]) => text !== ""));
  const isAsked = Object.keys(subject).length > 0;
  const { data, problem, isReading } = usePosted<WirePrivacyVerdict>(
    api,
    "/privacy/test",
    isAsked ? { ...subject, rules } : undefined,
  );
  return (
    <Panel heading="Test a window">
      <p class="quiet">
        What would be stored of a window, by your rules{isTrying && " and the one you are writing"}.
        What you type here is not kept.
      </p>
      <div class="form test-form">
        {(["app", "title", "url"] as const).map((name) => (
          <Field key={name} label={NAMES[name]}>
            <input
              type="text"
              value={typed.value[name]}
              maxLength={10_000}
              spellcheck={false}
              autocomplete="off"
              onInput={(event: Event & { readonly currentTarget: HTMLInputElement }) =>
                typed.value = { ...typed.value, [name]: event.currentTarget.value }}
            />
          </Field>
        ))}
      </div>
      <div class="verdict" role="status" aria-busy={isReading || undefined}>
        {isAsked && data !== undefined && <PrivacyVerdict verdict={data} />}
      </div>
      <Problem of={problem} doing="test it" />
    </Panel>
  );
}
