import { useSignal } from "@preact/signals";
import { Field } from "../components/field.tsx";
import { clip, withoutControls } from "../format.ts";
import type { ClassWish } from "./class_wish.ts";

interface AppAdderProps {
  readonly isBusy: boolean;
  readonly onWish: (wish: ClassWish) => Promise<boolean | undefined>;
}

/** Makes an app distracting by its name, before any phone has told of it. */
export function AppAdder({ isBusy, onWish }: AppAdderProps) {
  const name = useSignal("");
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const app = name.value.trim();
    const said = `Saved: ${withoutControls(clip(app, 60))} counts as noise`;
    if (await onWish({ app, class: "noise", said })) name.value = "";
  };
  return (
    <form class="form app-adder" onSubmit={add}>
      <div class="form-row">
        <Field label="Another app that distracts" hint="As the phone names it: com.example.game">
          <input
            type="text"
            required
            pattern=".*\S.*"
            maxLength={256}
            autocomplete="off"
            spellcheck={false}
            value={name}
            onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
              name.value = event.currentTarget.value}
          />
        </Field>
        <button type="submit" class="second" aria-disabled={isBusy}>
          Add
        </button>
      </div>
    </form>
  );
}
