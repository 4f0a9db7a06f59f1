/**
 * Small bars. Their signs differ by class, so that they can be read without colour.
 * @module
 */
import type { TimelineClass } from "../daemon/core/types.ts";
import type { WireTimes } from "../daemon/api/wire.ts";
import { CLASS_STYLE, CLASSES } from "./style.ts";

/** A bar of one class, `share` (0..1) of `width` columns long; anything at all is at least one. */
export function bar(cls: TimelineClass, share: number, width: number): string {
  if (!(share > 0)) return "";
  const length = Math.max(1, Math.round(Math.min(1, share) * width));
  return CLASS_STYLE[cls].paint(CLASS_STYLE[cls].sign.repeat(length));
}

/**
 * The classes side by side in exactly `width` columns, "" when there is no time; a class that has any
 * time keeps at least one column.
 */
export function shareBar(times: WireTimes, width: number): string {
  const parts = CLASSES.map((cls) => ({ cls, seconds: times[`${cls}_seconds`] }))
    .filter(({ seconds }) => seconds > 0);
  const total = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  if (total <= 0 || width < parts.length) return "";
  const lengths = parts.map(({ seconds }) => Math.max(1, Math.round(seconds / total * width)));
  let excess = lengths.reduce((sum, length) => sum + length, 0) - width;
  while (excess !== 0) {
    const longest = lengths.indexOf(Math.max(...lengths));
    lengths[longest] -= Math.sign(excess);
    excess -= Math.sign(excess);
  }
  return parts.map(({ cls }, i) => CLASS_STYLE[cls].paint(CLASS_STYLE[cls].sign.repeat(lengths[i])))
    .join("");
}

const LEVELS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** One column an entry, as high as its share (0..1) of the whole. */
export function columns(cls: TimelineClass, shares: readonly number[]): string {
  const text = shares.map((share) => {
    const level = share > 0 ? Math.max(1, Math.round(Math.min(1, share) * 8)) : 0;
    return LEVELS[level];
  }).join("").trimEnd();
  return CLASS_STYLE[cls].paint(text);
}
