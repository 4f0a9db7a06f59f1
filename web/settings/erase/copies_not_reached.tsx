import { ForeignText } from "../../components/foreign_text.tsx";
import type { WireCopyNotReached } from "../privacy_wire.ts";
import { formatMoment } from "./words.ts";

/** Copies at paths of the person's own, with whether they are still there. */
export function CopiesNotReached({ copies }: { copies: readonly WireCopyNotReached[] }) {
  return (
    <ul class="path-list">
      {copies.map(({ path, made, there }) => (
        <li key={path}>
          <ForeignText text={path} />{" "}
          <span class="quiet">
            made {formatMoment(made)}
            {there === false && "; it is not there any more"}
            {there === null && "; whether it is there cannot be told"}
          </span>
        </li>
      ))}
    </ul>
  );
}
