/**
 * Privacy rules: what of a window may be known, decided before anything is written, logged or shown.
 * @module
 */

/** What is done to what a rule matches. Dropping or hashing a title drops the URL with it. */
export type PrivacyAction = "drop_title" | "hash_title" | "drop_event";

/** One rule; of all that match, the strictest action counts. */
export interface PrivacyRule {
  readonly match: "app" | "title" | "url";
  /** A pattern that occurs in the text, in any case; or the whole text. One of the two. */
  readonly regex?: string;
  readonly exact?: string;
  readonly action: PrivacyAction;
}
