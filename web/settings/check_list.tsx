import { ForeignText } from "../components/foreign_text.tsx";
import type { WireCheck } from "./settings_wire.ts";
import { StatusMark } from "./status_mark.tsx";

/** What checks found, a line each, with what to do about it. */
export function CheckList({ checks }: { checks: readonly WireCheck[] }) {
  return (
    <ul class="rows">
      {checks.map(({ name, status, detail, remedy }, i) => (
        <li key={i} class="row">
          <StatusMark mark={status} />
          <span class="row-name">{nameOf(name)}</span>
          <span class="row-detail">
            <ForeignText text={detail} />
            {remedy && (
              <span class="remedy">
                <span aria-hidden="true">→</span> <span class="only-heard">What to do:</span>{" "}
                <ForeignText text={remedy} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** "Disk space"; what is written in capitals stays so. */
function nameOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
