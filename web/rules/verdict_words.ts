/**
 * Why something counts as it does.
 * @module
 */
import type { WireVerdict } from "./wire.ts";

/** What the program's rules say of a browser with a page that they do not know. */
const UNKNOWN_PAGE = "web";

/** Who has decided: "by a rule of yours". */
export function whyWords({ origin, class: cls, category }: WireVerdict): string {
  if (origin === "user") return "by a rule of yours";
  if (origin === null) return "as no rule knows it";
  return cls === "neutral" && category === UNKNOWN_PAGE
    ? "as a page that no rule knows"
    : "by a rule that comes with the program";
}
