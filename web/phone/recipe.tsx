/** A text to be copied. */
import { useSignal } from "@preact/signals";

export function Recipe({ text }: { readonly text: string }) {
  const said = useSignal("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = "copied";
    } catch {
      // Without TLS a browser has no clipboard: the text can be selected.
      said.value = "select it and copy";
    }
  };
  return (
    <div class="recipe">
      <pre tabIndex={0}><code>{text}</code></pre>
      <button type="button" onClick={copy}>Copy</button>
      <span role="status">{said}</span>
    </div>
  );
}
