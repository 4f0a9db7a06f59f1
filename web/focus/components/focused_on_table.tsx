import { useSignal } from "@preact/signals";
import type { WireFocusedOn } from "../../wire.ts";
import { FocusedItems } from "./focused_items.tsx";

type By = "programs" | "categories";

interface FocusedOnTableProps {
  readonly on: WireFocusedOn;
  /** Which of several it is, for who hears the page. */
  readonly when?: string;
}

/** What somebody was focused on, by program or by category. */
export function FocusedOnTable({ on, when }: FocusedOnTableProps) {
  const by = useSignal<By>("programs");
  const { focused_on: programs, focused_categories: categories } = on;
  if (programs.length === 0) return null;
  const choice = (value: By, name: string) => (
    <button
      type="button"
      aria-pressed={by.value === value}
      onClick={() => by.value = value}
    >
      {name}
    </button>
  );
  return (
    <section class="focused-on" aria-label={when ? `Focused on, ${when}` : "Focused on"}>
      <div class="panel-head">
        <h3 aria-hidden="true">Focused on</h3>
        <div class="tabs" role="group" aria-label="Listed by">
          {choice("programs", "Programs")}
          {choice("categories", "Categories")}
        </div>
      </div>
      <FocusedItems
        items={by.value === "programs" ? programs : categories}
        heading={by.value === "programs" ? "Program" : "Category"}
      />
    </section>
  );
}
