import { useSignal } from "@preact/signals";
import { ClassMark } from "../components/class_mark.tsx";
import { LOCALE } from "../format.ts";
import type { PackGroup } from "./pack.ts";
import { counted } from "./rule_words.ts";

interface PackGroupRowProps {
  readonly group: PackGroup;
  /** Whether its names are shown without being asked for. */
  readonly isOpen: boolean;
}

/** What the program knows under a heading. */
export function PackGroupRow({ group, isOpen }: PackGroupRowProps) {
  const isAsked = useSignal(false);
  const { category, names, patterns } = group;
  const isShown = isOpen || isAsked.value;
  return (
    <li class="pack-group">
      <details
        open={isShown}
        onToggle={(event: Event & { currentTarget: HTMLDetailsElement }) =>
          isAsked.value = event.currentTarget.open}
      >
        <summary>
          <span class="pack-name">{category ?? "Without a category"}</span>
          <ClassMark kind={group.class} />
          <span class="quiet">{(names.length + patterns.length).toLocaleString(LOCALE)}</span>
        </summary>
        {isShown && (
          <>
            {names.length > 0 && <p class="pack-names">{names.join(" · ")}</p>}
            {patterns.length > 0 && (
              <details class="pack-patterns" open={names.length === 0}>
                <summary>{counted(patterns.length, "pattern")} for titles and names</summary>
                {patterns.map((pattern) => (
                  <p key={pattern} class="pack-pattern">
                    <code>{pattern}</code>
                  </p>
                ))}
              </details>
            )}
          </>
        )}
      </details>
    </li>
  );
}
