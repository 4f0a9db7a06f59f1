/**
 * Numbers, times and foreign text in words, in the person's own locale.
 * @module
 */

const NARROW_SPACE = "\u202f";
/**
 * Whose way of writing dates and numbers the page follows: the person's, but for scripts that run from right to left,
 * which would turn around the English that they stand in: then Britain's, with the person's 12 or 24 hours.
 */
export const LOCALE: string | undefined = localeFor(
  new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions(),
);

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const exactClock = new Intl.DateTimeFormat(LOCALE, {
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" } as const,
});
const dayName = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long",
  day: "numeric",
  month: "long",
});
const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const noDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** The locale to write in for a person of that one; `undefined`: theirs. */
export function localeFor(
  { locale, hourCycle }: { readonly locale: string; readonly hourCycle?: string },
): string | undefined {
  const isFromRight = /^(Adlm|Arab|Hebr|Mand|Nkoo|Rohg|Syrc|Thaa)$/.test(
    new Intl.Locale(locale).maximize().script ?? "",
  );
  return isFromRight ? `en-GB-u-hc-${hourCycle ?? "h23"}` : undefined;
}

/** "45 s", "12 min", "3 h 05 min"; whole minutes from one minute on, rounded down. */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s}${NARROW_SPACE}s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes}${NARROW_SPACE}min`;
  const rest = String(minutes % 60).padStart(2, "0");
  return `${Math.floor(minutes / 60)}${NARROW_SPACE}h ${rest}${NARROW_SPACE}min`;
}

/** How long ago, for a "since" that is told in minutes: "just now" below one. */
export function formatElapsed(sinceMs: number, nowMs: number): string {
  const seconds = (nowMs - sinceMs) / 1000;
  return seconds < 60 ? "just now" : formatDuration(seconds);
}

/** The time of day of an ISO instant: "14:05", or "2:05 PM" where people write that. */
export function formatClock(iso: string, to: "minutes" | "seconds" = "minutes"): string {
  return (to === "seconds" ? exactClock : clock).format(new Date(iso));
}

/** The day a span of `/activity/day` begins on: "Monday, 23 November". */
export function formatDay(iso: string): string {
  return dayName.format(new Date(iso));
}

/** A share 0..1 as a percentage that says 0 % or 100 % only when it is exactly that. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return `<${percent.format(0.01)}`;
  if (share > 0.99 && share < 1) return percent.format(0.99);
  return percent.format(share);
}

/** A ratio: one decimal below 10, none above. */
export function formatRatio(ratio: number): string {
  return (ratio < 9.95 ? oneDigit : noDigit).format(ratio);
}

/** `text` cut to `limit` UTF-16 units with an ellipsis, never through the middle of a character. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(0, limit).replace(/[\ud800-\udbff]$/, "") + "…";
}

/**
 * `text` without control characters and without the overrides that show letters in another order than
 * they stand ("exe.jpg" for "gpj.exe"); each becomes one visible sign.
 */
export function withoutControls(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, "\ufffd");
}

/** The host of an address, without "www."; the address itself when it is none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.hostname.replace(/^www\./, "") || url;
}
