/**
 * After which messages of the stream a day is another.
 * @module
 */

/** Of any day: somebody edited or erased, rules changed, a phone told late. */
export const PAST_CHANGES: readonly string[] = ["edit", "erasure", "reclassify", "phone"];
/** Of today, besides. */
export const TODAY_CHANGES: readonly string[] = [...PAST_CHANGES, "metrics", "focus", "block"];
