/**
 * The texts of notifications: window titles and names come from anywhere.
 * @module
 */
import type { Notification } from "../core/notification.ts";

/** Characters of each text that a desktop gets; more than it shows. */
const TITLE_CHARS = 100, BODY_CHARS = 250, LABEL_CHARS = 40;
/** Lines of the body. */
const BODY_LINES = 6;

/** Controls, half surrogates, and what shows letters in another order than they stand. */
const DANGEROUS =
  /[\p{Cc}\p{Cs}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;
/** Marks that pile up on one letter. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** The same with short texts that steer nothing; actions without an id or a label are left out. */
export function harmless({ title, body, isUrgent, actions = [] }: Notification): Notification {
  return {
    title: oneLine(title, TITLE_CHARS) || "ProdTracker",
    body: lines(body),
    isUrgent,
    actions: actions
      .map(({ id, label }) => ({ id, label: oneLine(label, LABEL_CHARS) }))
      .filter(({ id, label }) => id !== "" && label !== ""),
  };
}

function lines(text: string): string {
  const kept = text.split(/\r\n|[\n\r\u2028\u2029]/, 200)
    .map((line) => oneLine(line, BODY_CHARS))
    .filter((line) => line !== "");
  return cut(kept.slice(0, BODY_LINES).join("\n"), BODY_CHARS);
}

function oneLine(text: string, chars: number): string {
  // What is far beyond the limit is not even looked at.
  const near = text.slice(0, 20 * chars);
  const clean = near.replace(/\s+/g, " ").replace(DANGEROUS, "\ufffd").replace(PILED_MARKS, "$1");
  return cut(clean.trim(), chars);
}

function cut(text: string, chars: number): string {
  const all = [...text];
  return all.length <= chars ? text : `${all.slice(0, chars - 1).join("").trimEnd()}…`;
}
