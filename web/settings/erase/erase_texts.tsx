import { Field } from "../../components/field.tsx";
import type { WishDraft } from "./wish.ts";

interface EraseTextsProps {
  readonly draft: WishDraft;
  readonly onChange: (change: Partial<WishDraft>) => void;
}

const LABELS = { app: "App", title: "Title", url: "Address" } as const;

/** The texts by which events are erased, as a whole or as patterns. */
export function EraseTexts({ draft, onChange }: EraseTextsProps) {
  return (
    <>
      <div class="form-row">
        {(["app", "title", "url"] as const).map((name) => (
          <Field key={name} label={LABELS[name]}>
            <input
              type="text"
              value={draft[name]}
              spellcheck={false}
              autocomplete="off"
              maxLength={10_000}
              onInput={(event: Event & { readonly currentTarget: HTMLInputElement }) =>
                onChange({ [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={draft.isPattern}
          onChange={(event: Event & { readonly currentTarget: HTMLInputElement }) =>
            onChange({ isPattern: event.currentTarget.checked })}
        />
        They are patterns, found anywhere in the text
      </label>
    </>
  );
}
