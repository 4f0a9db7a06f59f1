/**
 * One heading of the default pack: names that all get the same judgement.
 * @module
 */
import type { ActivityClass } from "../types.ts";
import type { Category } from "./categories.ts";

export interface Theme {
  readonly class: ActivityClass;
  readonly category: Category;
  /**
   * Programs and packages, as `appForms()` writes them: lower case, without ".exe" and version.
   * Comma-separated here and below, which keeps a thousand names readable and quick to load.
   */
  readonly apps?: string;
  /** What pages call their site at the start or end of a title, in lower case. */
  readonly sites?: string;
  /** The same, of names that are common words: they count when the title names no other site. */
  readonly vague?: string;
  /**
   * Hosts, which hold for their subdomains too; the longest that fits decides. "host/x" holds for
   * that first step of the path only. A title that shows the host counts as its site.
   */
  readonly hosts?: string;
}

/** The names in a comma-separated list. */
export function words(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(",").map((word) => word.trim()).filter(Boolean);
}
