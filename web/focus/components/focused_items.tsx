import { ClassMark } from "../../components/class_mark.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { formatDuration } from "../../format.ts";
import type { WireFocusedItem } from "../../wire.ts";

const SHOWN = 6;

/** Programs, and how long somebody looked at the screen while each was in front. */
export function FocusedItems({ items }: { items: readonly WireFocusedItem[] }) {
  return (
    <section class="focused-on">
      <h3>Focused on</h3>
      <table class="events">
        <thead class="only-heard">
          <tr>
            <th scope="col">Program</th>
            <th scope="col">Focused</th>
            <th scope="col">Class</th>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, SHOWN).map(({ name, class: kind, seconds }, index) => (
            <tr key={index}>
              <td class="focused-name">
                {name === null ? "Nothing recorded" : <ForeignText text={name} />}
              </td>
              <td class="event-length">{formatDuration(seconds)}</td>
              <td class="event-class">
                <ClassMark kind={kind} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
