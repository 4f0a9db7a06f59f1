import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Field } from "../components/field.tsx";

/** A text to be copied: by its button or, where a browser has no clipboard, from its field. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const said = useSignal("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = "Copied";
    } catch {
      // Without TLS there is none but on this computer itself.
      field.current?.select();
      said.value = "Selected: copy it";
    }
  };
  return (
    <div class="form-row copy-text">
      <Field label={label}>
        <input
          ref={field}
          type="text"
          readOnly
          value={text}
          onFocus={() => field.current?.select()}
        />
      </Field>
      <button type="button" class="second" aria-label={`Copy: ${label}`} onClick={copy}>
        Copy
      </button>
      <span class="quiet" role="status">{said}</span>
    </div>
  );
}
