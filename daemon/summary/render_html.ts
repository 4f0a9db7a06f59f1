/**
 * A summary as a mail in HTML.
 * @module
 */
import type { MailContent } from "../core/messages.ts";
import type { Summary, SummaryItem } from "../core/summary.ts";
import type { ClassTotals, TimelineClass } from "../core/types.ts";
import { type Bins, binsOf } from "./bins.ts";
import { columnChart, type Part } from "./chart.ts";
import {
  comparison,
  GOAL_SIGNS,
  goalFacts,
  hasTime,
  itemName,
  otherFacts,
  type RenderOptions,
  shortTitleOf,
  snrText,
  timesText,
  titleOf,
} from "./facts.ts";
import {
  bar,
  CLASS_COLOURS,
  CLASS_INKS,
  factTable,
  frame,
  heading,
  INK,
  picture,
  QUIET,
  rgb,
  row,
  TABLE,
  type,
} from "./mail_frame.ts";
import { html, type Markup } from "./markup.ts";
import { encodePng } from "./png.ts";
import { renderText } from "./render_text.ts";
import { CLASS_WORDS, CLASSES, duration, percent } from "./words.ts";

const CHART_HEIGHT = 110;
const CHART_CID = "times@prodtracker";
/** More would make it a list that nobody reads. */
const MOST_ITEMS = 7;
const FILLS = { signal: "solid", noise: "striped", neutral: "solid", afk: "hollow" } as const;

/** The mail: subject, both texts, and the chart. */
export function renderMail(summary: Summary, options: RenderOptions): MailContent {
  const chart = binsOf(summary, options.zone);
  const hasChart = chart.bins.some(({ totals }) => timesText(totals, told(chart)) !== "nothing");
  return {
    subject: subjectOf(summary),
    text: renderText(summary, options),
    html: bodyOf(summary, hasChart ? chart : undefined, options).text,
    pictures: hasChart ? [{ cid: CHART_CID, pngBase64: chartPng(chart) }] : [],
  };
}

/** The same as a page by itself: its picture stands in it. */
export function renderPage(summary: Summary, options: RenderOptions): string {
  const { html = "", pictures = [] } = renderMail(summary, options);
  return pictures.reduce(
    (page, { cid, pngBase64 }) =>
      page.replaceAll(`src="cid:${cid}"`, `src="data:image/png;base64,${pngBase64}"`),
    html,
  );
}

/** "Thu 26 Nov: 64 % signal, 8 points above the usual 56 %" */
function subjectOf(summary: Summary): string {
  const { signalShare } = summary;
  const title = `${shortTitleOf(summary)}${summary.isOver ? "" : " so far"}`;
  const named = title[0].toUpperCase() + title.slice(1);
  if (signalShare === null) {
    return `${named}: ${hasTime(summary) ? "no signal and no noise" : "nothing recorded"}`;
  }
  const usual = comparison(summary);
  return `${named}: ${percent(signalShare)} signal${usual ? `, ${usual}` : ""}`;
}

function bodyOf(summary: Summary, chart: Bins | undefined, options: RenderOptions): Markup {
  const others = otherFacts(summary);
  return frame({
    title: `ProdTracker: ${titleOf(summary, options.zone)}`,
    lead: summary.sentence,
    sections: [
      headline(summary, options),
      hasTime(summary) ? times(summary) : undefined,
      chart && chartRow(chart),
      top("Top apps", summary.topApps, "(no name)"),
      top("Top categories", summary.topCategories, "(no category)"),
      others.length > 0 ? row(html`${heading("Also")}${factTable(others)}`) : undefined,
      goals(summary),
    ],
  }, options);
}

function headline(summary: Summary, { zone }: RenderOptions): Markup {
  const { signalShare, sentence } = summary;
  return row(
    html`<p class="quiet" style="margin:0;${type(13, QUIET, 600)}">ProdTracker</p>
<h1 class="ink" style="margin:2px 0 0;${type(20, INK, 700)}">${titleOf(summary, zone)}</h1>
${signalShare === null ? undefined : figures(summary, signalShare)}
<p class="ink" style="margin:12px 0 0;overflow-wrap:anywhere;${type(15)}">${sentence}</p>`,
    "24px 24px 0",
  );
}

/** Signal's share, and signal to noise. */
function figures(summary: Summary, signalShare: number): Markup {
  const { meanSignalShare: mean } = summary;
  const usual = mean === null ? "signal" : `signal, usually ${percent(mean)}`;
  const figure = (value: string, sizePx: number, name: string, inkClass: string, ink: string) =>
    html`
      <td
        style="padding:8px 28px 0 0;vertical-align:bottom"><span class="${inkClass}" style="${type(
          sizePx,
          ink,
          700,
        )};white-space:nowrap">${value}</span><br><span class="quiet" style="${type(
          13,
          QUIET,
        )}">${name}</span></td>
    `;
  return html`
    <table role="presentation" cellpadding="0" cellspacing="0" border="0">
      <tr>${figure(percent(signalShare), 44, usual, "c-signal", CLASS_INKS.signal)}${figure(
        snrText(summary),
        26,
        "signal to noise",
        "ink",
        INK,
      )}</tr>
    </table>
  `;
}

/** All classes side by side, and each with its time. */
function times({ totals }: Summary): Markup {
  const whole = CLASSES.reduce((sum, cls) => sum + totals[`${cls}Ms`], 0);
  const pieces = CLASSES.filter((cls) => totals[`${cls}Ms`] > 0).map((cls) => {
    const width = Math.max(1, Math.round(totals[`${cls}Ms`] / whole * 100));
    return html`
      <td width="${width}%" height="12"
        style="width:${width}%;height:12px;font-size:0;line-height:0;background:${rgb(
          CLASS_COLOURS[cls],
        )}">&nbsp;</td>
    `;
  });
  // Four in a row, or two where there is no room.
  const cells = CLASSES.map((cls) =>
    html`
      <div
        style="display:inline-block;width:24%;min-width:124px;padding-top:8px;vertical-align:top"><span class="c-${cls}" style="${type(
          13,
          CLASS_INKS[cls],
          600,
        )}">${SIGNS[cls]} ${CLASS_WORDS[cls]}</span><br><span class="ink" style="${type(
          15,
          INK,
          700,
        )}">${duration(totals[`${cls}Ms`])}</span></div>
    `
  );
  return row(
    html`
      <table ${TABLE} style="border-radius:3px;overflow:hidden">
        <tr>${pieces}</tr>
      </table>
      <div style="font-size:0">${cells}</div>
    `,
  );
}

/** As the chart's columns are filled. */
const SIGNS = { signal: "■", noise: "▨", neutral: "■", afk: "□" } as const;

function told({ hasAway }: Bins): TimelineClass[] {
  return hasAway ? CLASSES : CLASSES.filter((cls) => cls !== "afk");
}

function chartRow(chart: Bins): Markup {
  const { bins, title, fullMs } = chart;
  const lines = bins.map(({ name, totals }) => [name, timesText(totals, told(chart))])
    .filter(([, text]) => text !== "nothing");
  const alt = `${title}. ${lines.map((line) => line.join(" ")).join("; ")}`;
  const aside = chart.hasAway ? "a whole column: 1 h" : `the highest column: ${duration(fullMs)}`;
  return row(
    html`${heading(title, aside)}<div style="padding-top:8px">${
      picture(CHART_CID, alt, CHART_HEIGHT)
    }</div>${labels(bins.map(({ label }) => label))}`,
  );
}

/** Below the columns, as many as there is room for. */
function labels(all: readonly string[]): Markup {
  const step = all.length <= 7 ? 1 : all.length <= 25 ? 4 : 7;
  const cells = [];
  for (let i = 0; i < all.length; i += step) {
    const columns = Math.min(step, all.length - i);
    // A last one that stands for less has no room.
    const text = columns === step || columns > 2 ? all[i] : "";
    const width = (columns / all.length * 100).toFixed(2);
    cells.push(
      html`
        <td class="quiet" width="${width}%"
          style="width:${width}%;padding:3px 0 0;vertical-align:top;${type(11, QUIET)}">${text}</td>
      `,
    );
  }
  return html`
    <table ${TABLE} style="table-layout:fixed">
      <tr>${cells}</tr>
    </table>
  `;
}

function chartPng({ bins, fullMs, hasAway }: Bins): string {
  const columns = bins.map(({ totals }) => partsOf(totals, fullMs, hasAway));
  return encodePng(columnChart(columns, { width: 552, height: CHART_HEIGHT })).toBase64();
}

function partsOf(totals: ClassTotals, fullMs: number, hasAway: boolean): Part[] {
  return CLASSES.filter((cls) => cls !== "afk" || hasAway).map((cls) => ({
    colour: CLASS_COLOURS[cls],
    fill: FILLS[cls],
    share: totals[`${cls}Ms`] / fullMs,
  }));
}

/** Each with its time, and below them a bar: on a phone there is no room beside. */
function top(title: string, items: readonly SummaryItem[], nameless: string): Markup | undefined {
  if (items.every(({ name }) => name === undefined)) return undefined;
  const longest = Math.max(1, ...items.map(({ ms }) => ms));
  const rows = items.slice(0, MOST_ITEMS).map((item) => {
    const { class: cls, ms } = item;
    return html`
      <tr>
        <td class="ink"
          style="padding:6px 8px 3px 0;overflow-wrap:anywhere;${type(14)}">${itemName(
            item,
            nameless,
          )} <span class="c-${cls}" style="${type(
            12,
            CLASS_INKS[cls],
          )}">${CLASS_WORDS[cls]}</span></td>
        <td class="ink" width="92" align="right"
          style="padding:6px 0 3px;white-space:nowrap;vertical-align:top;${type(
            14,
            INK,
            700,
          )}">${duration(ms)}</td>
      </tr>
      <tr>
        <td colspan="2">${bar(ms / longest, CLASS_COLOURS[cls])}</td>
      </tr>
    `;
  });
  return row(html`${heading(title)}<table ${TABLE} style="table-layout:fixed">${rows}</table>`);
}

const GOAL_INKS = { met: "c-signal", partly: "ink", missed: "c-noise", open: "quiet" } as const;
const GOAL_COLOURS = {
  met: CLASS_INKS.signal,
  partly: INK,
  missed: CLASS_INKS.noise,
  open: QUIET,
};

function goals(summary: Summary): Markup | undefined {
  const facts = goalFacts(summary);
  if (facts.length === 0) return undefined;
  const rows = facts.map(({ text, state, outcome, streak }) =>
    html`
      <tr>
        <td class="${GOAL_INKS[state]}" width="24"
          style="padding:3px 0;vertical-align:top;${type(
            15,
            GOAL_COLOURS[state],
            700,
          )}">${GOAL_SIGNS[state]}</td>
        <td class="ink"
          style="padding:3px 0;${type(
            14,
          )}">${text}<span class="quiet" style="color:${QUIET}">: ${outcome}${streak === undefined
            ? undefined
            : html`; <b>${streak}</b>`}</span></td>
      </tr>
    `
  );
  return row(html`${heading("Goals")}<table ${TABLE}>${rows}</table>`);
}
