import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { ClassMark } from "../components/class_mark.tsx";
import { Field } from "../components/field.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { reclassifying } from "../state.ts";
import { shapeOf } from "./rule_shape.ts";
import { leadOf } from "./rule_words.ts";
import { whyWords } from "./verdict_words.ts";
import { useVerdict } from "./use_verdict.ts";

const EMPTY = { app: "", title: "", url: "" };
const FIELDS = { app: "Program", title: "Title", url: "Address" } as const;
type Name = keyof typeof FIELDS;

/** How something would count, and why. */
export function TryPanel({ api }: { api: Api }) {
  const texts = useSignal(EMPTY);
  const { app, title, url } = texts.value;
  const subject = { app: app || undefined, title: title || undefined, url: url || undefined };
  const isEmpty = !(app || title || url);
  // Other rules may say something else.
  const { data, problem } = useVerdict(api, isEmpty ? undefined : subject, reclassifying.value);
  return (
    <Panel heading="Try one" class="try-rules">
      <p class="quiet">Write what a window shows, to see how it would count and why.</p>
      <div class="form-row try-fields">
        {(Object.keys(FIELDS) as Name[]).map((name) => (
          <Field key={name} label={FIELDS[name]}>
            <input
              value={texts.value[name]}
              maxLength={10_000}
              autoComplete="off"
              autoCapitalize="off"
              spellcheck={false}
              onInput={(event: Event & { currentTarget: HTMLInputElement }) =>
                texts.value = { ...texts.value, [name]: event.currentTarget.value }}
            />
          </Field>
        ))}
      </div>
      <Problem of={problem} doing="try it" />
      <div role="status" class="try-verdict">
        {data && (
          <>
            <ClassMark kind={data.class} />
            {data.category && (
              <span class="chip">
                <ForeignText text={data.category} />
              </span>
            )}
            <span class="quiet">{whyWords(data)}{data.rule && ":"}</span>
            {data.rule && (
              <span>
                {leadOf(shapeOf(data.rule))}{" "}
                <ForeignText text={shapeOf(data.rule).text} class="rule-text" />
              </span>
            )}
          </>
        )}
      </div>
    </Panel>
  );
}
