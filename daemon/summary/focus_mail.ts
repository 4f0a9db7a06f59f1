/**
 * The end of a focus session as messages.
 * @module
 */
import { type FocusMinute, focusPercent } from "../core/focus.ts";
import type { FocusRecord, FocusState, FocusTimes } from "../core/focus_session.ts";
import { addFocusTimes, emptyFocusTimes, FOCUS_STATES, TIME_OF } from "../core/focus_session.ts";
import type { MailContent } from "../core/messages.ts";
import { columnChart, type Fill } from "./chart.ts";
import type { Fact, RenderOptions } from "./facts.ts";
import { factTable, frame, heading, INK, picture, QUIET, row, type } from "./mail_frame.ts";
import { html, type Markup } from "./markup.ts";
import { type Colour, encodePng } from "./png.ts";
import { fit } from "./render_sms.ts";
import { footer } from "./render_text.ts";
import { clock, count, dayName, duration, localDate, percent, shortDay } from "./words.ts";

const STATE_WORDS: Readonly<Record<FocusState, string>> = {
  focused: "focused",
  unfocused: "looking away",
  no_face: "nobody there",
  uncertain: "could not be told",
};
const STATE_LOOKS: Readonly<Record<FocusState, { colour: Colour; fill: Fill }>> = {
  focused: { colour: [0x1f, 0x95, 0x5c, 255], fill: "solid" },
  unfocused: { colour: [0xdb, 0x4a, 0x3c, 255], fill: "striped" },
  no_face: { colour: [0xa8, 0x77, 0x16, 255], fill: "hollow" },
  uncertain: { colour: [0x7d, 0x88, 0x96, 255], fill: "hollow" },
};
const CHART_CID = "focus@prodtracker";
const CHART_HEIGHT = 64;
const MOST_COLUMNS = 60, MINUTE_MS = 60_000;

/**
 * The mail at the end of a session.
 * @param minutes What each minute came to, for the chart; without them there is none.
 */
export function renderFocusMail(
  session: FocusRecord,
  { minutes = [], ...options }: RenderOptions & { readonly minutes?: readonly FocusMinute[] },
): MailContent {
  const { startMs } = session;
  const title = `Focus session, ${dayName(localDate(startMs, options.zone))}`;
  const facts = factsOf(session, options);
  const columns = columnsOf(session, minutes);
  const lines = [title, "", `${capital(headlineOf(session))}.`, sentence(session), ""];
  for (const { name, value, detail } of facts) {
    lines.push(`${name}: ${value}${detail === undefined ? "" : `, ${detail}`}`);
  }
  lines.push("", "-- ", footer(options.nowMs, options.zone));
  const chart = columns.length === 0 ? undefined : columns;
  return {
    subject: `Focus session, ${shortDay(localDate(startMs, options.zone))} ${
      clock(startMs, options.zone)
    }: ${headlineOf(session)}`,
    text: `${lines.join("\n")}\n`,
    html: bodyOf(session, { title, facts, chart }, options).text,
    pictures: chart ? [{ cid: CHART_CID, pngBase64: chartPng(chart) }] : [],
  };
}

/** At most two segments of ASCII. */
export function renderFocusSms(session: FocusRecord): string {
  const { totals } = session;
  const { breaks, longestStreakMs, uncertainMs } = totals;
  return fit("ProdTracker, focus session", [
    ...totals.totalMs > 0 ? [`${capital(headlineOf(session))}.`] : [],
    sentence(session),
    ...longestStreakMs > 0 ? [`Longest streak ${duration(longestStreakMs)}.`] : [],
    ...breaks > 0 ? [`${count(breaks, "break")}.`] : [],
    ...uncertainMs > 0 ? [`${duration(uncertainMs)} could not be told.`] : [],
  ]);
}

/** "84 % focused" */
function headlineOf({ totals }: FocusRecord): string {
  if (totals.totalMs === 0) return "nothing was recorded";
  const share = focusPercent(totals);
  return share === null ? "nothing could be told" : `${percent(share / 100)} focused`;
}

function sentence(session: FocusRecord): string {
  const { totals, plannedMinutes, how } = session;
  const { focusedMs, totalMs } = totals;
  const cutOff = how === "lost" ? " It was cut off: nothing more was heard of it." : "";
  if (totalMs === 0) return `Nothing was recorded in this session.${cutOff}`;
  const plannedMs = (plannedMinutes ?? 0) * MINUTE_MS;
  // What went as planned needs no words.
  const planned = plannedMs > 0 && Math.abs(plannedMs - totalMs) >= MINUTE_MS
    ? `, ${duration(plannedMs)} planned`
    : "";
  if (focusPercent(totals) === null) {
    return `For ${duration(totalMs)}${planned} the camera could not tell.${cutOff}`;
  }
  return `Focused for ${duration(focusedMs)} of ${duration(totalMs)}${planned}.${cutOff}`;
}

function factsOf(
  { startMs, endMs, totals, how }: FocusRecord,
  { zone }: Pick<RenderOptions, "zone">,
): Fact[] {
  const { longestStreakMs, breaks } = totals;
  return [
    {
      name: "From, to",
      value: `${clock(startMs, zone)} – ${clock(endMs, zone)}`,
      ...how === "lost" && { detail: "where it was cut off" },
    },
    ...FOCUS_STATES.filter((state) => totals[TIME_OF[state]] > 0).map((state) => ({
      name: capital(STATE_WORDS[state]),
      value: duration(totals[TIME_OF[state]]),
      ...state === "uncertain" && { detail: "which counts neither way" },
    })),
    ...longestStreakMs > 0 ? [{ name: "Longest streak", value: duration(longestStreakMs) }] : [],
    { name: "Breaks", value: breaks === 0 ? "none" : String(breaks) },
  ];
}

function bodyOf(
  session: FocusRecord,
  { title, facts, chart }: {
    readonly title: string;
    readonly facts: readonly Fact[];
    readonly chart: readonly Column[] | undefined;
  },
  options: RenderOptions,
): Markup {
  const { zone } = options;
  return frame({
    title: `ProdTracker: ${title}`,
    lead: sentence(session),
    sections: [
      row(
        html`<p class="quiet" style="margin:0;${type(13, QUIET, 600)}">ProdTracker</p>
<h1 class="ink" style="margin:2px 0 0;${type(20, INK, 700)}">${title}</h1>
<p class="ink" style="margin:10px 0 0;${type(36, INK, 700)}">${capital(headlineOf(session))}</p>
<p class="ink" style="margin:8px 0 0;${type(15)}">${sentence(session)}</p>`,
        "24px 24px 0",
      ),
      chart &&
      row(html`${
        heading(
          "Minute by minute",
          `${clock(session.startMs, zone)} – ${clock(session.endMs, zone)}`,
        )
      }<div style="padding-top:8px">${picture(CHART_CID, altOf(chart, zone), CHART_HEIGHT)}</div>`),
      row(factTable(facts)),
    ],
  }, options);
}

interface Column {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly times: FocusTimes;
}

/** Minutes side by side, several to a column where they would be too many. */
function columnsOf({ startMs, endMs }: FocusRecord, minutes: readonly FocusMinute[]): Column[] {
  if (minutes.length === 0) return [];
  const firstMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS;
  const lastMs = Math.max(endMs, minutes[minutes.length - 1].startMs + 1);
  const total = Math.max(1, Math.ceil((lastMs - firstMs) / MINUTE_MS));
  const lengthMs = Math.ceil(total / MOST_COLUMNS) * MINUTE_MS;
  const columns = Array.from({ length: Math.ceil(total * MINUTE_MS / lengthMs) }, (_, i) => ({
    startMs: firstMs + i * lengthMs,
    lengthMs,
    times: emptyFocusTimes(),
  }));
  for (const minute of minutes) {
    const column = columns[Math.floor((minute.startMs - firstMs) / lengthMs)];
    if (column) addFocusTimes(column.times, minute);
  }
  return columns;
}

function altOf(columns: readonly Column[], zone: RenderOptions["zone"]): string {
  const told = columns.map(({ startMs, times }) => {
    const parts = FOCUS_STATES.filter((state) => times[TIME_OF[state]] > 0)
      .map((state) => `${duration(times[TIME_OF[state]])} ${STATE_WORDS[state]}`);
    return parts.length === 0 ? undefined : `${clock(startMs, zone)} ${parts.join(", ")}`;
  });
  return `Minute by minute. ${told.filter((line) => line !== undefined).join("; ")}`;
}

function chartPng(columns: readonly Column[]): string {
  const parts = columns.map(({ times, lengthMs }) =>
    FOCUS_STATES.map((state) => ({
      ...STATE_LOOKS[state],
      share: times[TIME_OF[state]] / lengthMs,
    }))
  );
  return encodePng(columnChart(parts, { width: 552, height: CHART_HEIGHT })).toBase64();
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
