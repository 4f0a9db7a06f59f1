/**
 * Channels, topics, set times and states of messages in words, in the person's own locale.
 * @module
 */
import { type Weekday, WEEKDAYS } from "../../../daemon/core/block_schedule.ts";
import { patternTimes } from "../../../daemon/core/send_pattern.ts";
import { LOCALE } from "../../format.ts";
import type { Channel, WireMessage } from "../../wire.ts";
import type { SummaryPeriod, WireScheduleWish } from "../settings_wire.ts";
import type { Mark } from "../status_mark.tsx";

export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = { email: "Mail", sms: "SMS" };

export const PERIOD_WORDS: Readonly<Record<SummaryPeriod, string>> = {
  day: "Day",
  week: "Week",
  month: "Month",
};

/** Noon: a date is that date in every zone. */
const dateOf = (date: string) => new Date(`${date}T12:00:00Z`);
const dates = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(LOCALE, {
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const moments = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
const weekdays = new Intl.DateTimeFormat(LOCALE, { weekday: "short", timeZone: "UTC" });
const lists = new Intl.ListFormat(LOCALE, { type: "conjunction" });

/** "Day, 31 Jan 2026" for "day 2026-01-31"; what this page does not know stays as it is. */
export function topicWords(topic: string): string {
  const [kind, first = "", second] = topic.split(" ");
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(first);
  if (kind === "day" && isDate) return `Day, ${dates.format(dateOf(first))}`;
  if (kind === "week" && isDate) return `Week from ${dates.format(dateOf(first))}`;
  if (kind === "month" && isDate) return months.format(dateOf(first));
  if (kind === "focus" && /^\d+$/.test(first)) return `Focus session ${first}`;
  const [from, to] = [first, second ?? ""].map((text) => Date.parse(text));
  if (kind === "range" && !Number.isNaN(from) && !Number.isNaN(to)) {
    return moments.formatRange(from, to);
  }
  return topic;
}

/** "The week, by mail and SMS" for a set time. */
export function scheduleWords({ period, of, channels }: WireScheduleWish): string {
  const what = { day: "The day", week: "The week", month: "The month" }[period] ?? period;
  const ways = lists.format(channels.map((channel) => channel === "email" ? "mail" : "SMS"));
  return `${what}${of === "previous" ? " before" : ""}, by ${ways}`;
}

/** "at 21:00 on Mon, Tue"; `undefined` for a pattern that says more than these words can. */
export function patternWords(cron: string): string | undefined {
  const times = patternTimes(cron);
  if (times) {
    const { at, days } = times;
    if (days.length === WEEKDAYS.length) return `every day at ${at}`;
    return `${daysWords(days)} at ${at}`;
  }
  const monthly = /^(\d{1,2}) (\d{1,2}) (L|1) \* \*$/.exec(cron);
  if (!monthly) return undefined;
  const [, minute, hour, day] = monthly;
  const at = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  return `on the ${day === "L" ? "last" : "first"} day of the month at ${at}`;
}

/** "Mon to Fri" for three and more in a row, else each. */
function daysWords(days: readonly Weekday[]): string {
  const [first] = days, last = days.at(-1)!;
  const isRow = WEEKDAYS.indexOf(last) - WEEKDAYS.indexOf(first) === days.length - 1;
  if (isRow && days.length > 2) return `${weekdayWord(first)} to ${weekdayWord(last)}`;
  return lists.format(days.map(weekdayWord));
}

/** 2026-01-05 is a Monday. */
function weekdayWord(day: Weekday): string {
  return weekdays.format(new Date(Date.UTC(2026, 0, 5 + WEEKDAYS.indexOf(day))));
}

const STATES: Readonly<
  Record<WireMessage["state"], { readonly mark: Mark; readonly word: string }>
> = {
  waiting: { mark: "warn", word: "Waiting" },
  sending: { mark: "starting", word: "Sending" },
  sent: { mark: "ok", word: "Sent" },
  failed: { mark: "fail", word: "Failed" },
  unknown: { mark: "warn", word: "Unknown" },
};

/** A message's state as a sign and a word. */
export function stateOf({ state }: Pick<WireMessage, "state">): { mark: Mark; word: string } {
  return STATES[state] ?? { mark: "warn", word: state };
}

/** A reason that names the settings, without the page that only stands on the disk. */
export function hindranceWords(hindrance: string): string {
  return hindrance.replace(/; see docs\/\w+\.md$/, "");
}
