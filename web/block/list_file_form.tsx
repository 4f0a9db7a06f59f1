import { useSignal } from "@preact/signals";
import { Field } from "../components/field.tsx";
import { addFile, listNameOf, type RunChange } from "./domains_change.ts";

/** Adds a file as a list. */
export function ListFileForm({ run }: { run: RunChange }) {
  const path = useSignal("");
  const name = useSignal("");
  const isSubmitted = useSignal(false);
  const file = path.value.trim();
  const listName = name.value.trim() || listNameOf(file);
  const problem = isSubmitted.value && file === "" ? "Name a file, from the root on." : undefined;
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    isSubmitted.value = true;
    if (file === "" || !await run(addFile(listName, file), `Added the list ${listName}.`)) return;
    path.value = name.value = "";
    isSubmitted.value = false;
  };
  return (
    <form class="form list-file" onSubmit={add} noValidate>
      <h3>Add a file as a list</h3>
      <div class="form-row">
        <Field
          label="File"
          hint="On the computer that ProdTracker runs on: names, one a line, or in hosts format. It is read again for each block."
          problem={problem}
        >
          <input
            type="text"
            autocomplete="off"
            spellcheck={false}
            placeholder="/home/me/ads.txt"
            value={path.value}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              path.value = event.currentTarget.value}
          />
        </Field>
        <Field label="Called" hint="Left empty: after its file">
          <input
            type="text"
            autocomplete="off"
            maxLength={64}
            placeholder={listNameOf(file)}
            value={name.value}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              name.value = event.currentTarget.value}
          />
        </Field>
      </div>
      <div class="actions">
        <button type="submit" class="second">Add the list</button>
      </div>
    </form>
  );
}
