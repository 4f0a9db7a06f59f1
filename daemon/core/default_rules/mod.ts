/**
 * The default pack: useful on the first day, tried after the user's own rules.
 *
 * Most of it is names, looked up in maps: `find.ts` judges by them, `listing.ts` writes the same
 * judgements down as ordered rules. To add a program, site or host: one word in a theme's list.
 * @module
 */
import type { Rule } from "../rules.ts";
import { listRules } from "./listing.ts";

export { findDefault, type Found } from "./find.ts";
export { PACK_DIGEST } from "./pack.ts";

/** The pack as ordered rules; the first that fits decides. */
export const DEFAULT_RULES: readonly Rule[] = listRules();
