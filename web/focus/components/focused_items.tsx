import { useSignal } from "@preact/signals";
import { ClassMark } from "../../components/class_mark.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { formatDuration } from "../../format.ts";
import type { WireFocusedItem } from "../../wire.ts";

const SHOWN = 6;

interface FocusedItemsProps {
  readonly items: readonly WireFocusedItem[];
  readonly heading: "Program" | "Category";
}

/** How long somebody looked at the screen while each was in front, and how long away from it. */
export function FocusedItems({ items, heading }: FocusedItemsProps) {
  const isWhole = useSignal(false);
  const shown = isWhole.value ? items : items.slice(0, SHOWN);
  return (
    <>
      <table class="table focused-items">
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col" class="number">Focused</th>
            <th scope="col" class="number looked-away">Looked away</th>
            <th scope="col">Class</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, class: kind, seconds, unfocused_seconds }, index) => (
            <tr key={index}>
              <th scope="row">
                {name === null
                  ? <span class="quiet">{heading === "Program" ? "Nothing recorded" : "None"}</span>
                  : <ForeignText class="cut" text={name} />}
              </th>
              <td class="number">{formatDuration(seconds)}</td>
              <td class="number looked-away">{formatDuration(unfocused_seconds)}</td>
              <td>
                <ClassMark kind={kind} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length > SHOWN && (
        <button
          type="button"
          class="plain"
          onClick={() => isWhole.value = !isWhole.value}
        >
          {isWhole.value ? "Show fewer" : `Show all ${items.length}`}
        </button>
      )}
    </>
  );
}
