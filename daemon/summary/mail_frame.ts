/**
 * What all of our mails look like: one column of tables with their styles at each element, as mail clients want it.
 * The few rules in a `<style>` are for those that honour it: other colours on a dark ground.
 * @module
 */
import type { TimelineClass } from "../core/types.ts";
import type { Fact, RenderOptions } from "./facts.ts";
import { html, Markup } from "./markup.ts";
import type { Colour } from "./png.ts";
import { footer } from "./render_text.ts";

/** Colours of charts and bars: at least 3 : 1 on white and on a dark ground. */
export const CLASS_COLOURS: Readonly<Record<TimelineClass, Colour>> = {
  signal: [0x17, 0x93, 0x7f, 255],
  noise: [0xd4, 0x5d, 0x24, 255],
  neutral: [0x7d, 0x88, 0x96, 255],
  afk: [0x8d, 0x87, 0x7d, 255],
};

const LIGHT = { ground: "#f1eee7", card: "#faf8f4", ink: "#1f1d1a", quiet: "#625d55" };
const LINE = "#e0dbd0";
const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Text colours of the classes on the light ground; `.c-…` has those on the dark one. */
export const CLASS_INKS: Readonly<Record<TimelineClass, string>> = {
  signal: "#0a655c",
  noise: "#a63c0b",
  neutral: "#55606d",
  afk: "#625d55",
};

const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;-webkit-text-size-adjust:100%;text-size-adjust:100%}
@media (prefers-color-scheme:dark){
.ground{background:#0e1012!important}
.card{background:#181b1f!important}
.ink{color:#edeae4!important}
.quiet{color:#a5a098!important}
.line{border-color:#2e3237!important}
.c-signal{color:#62d2bf!important}
.c-noise{color:#ff9f6b!important}
.c-neutral{color:#a3afbe!important}
.c-afk{color:#a5a098!important}
}`.replaceAll("\n", "");

/** A whole mail. `lead` is what lists of mails show beside the subject. */
export function frame(
  { title, lead, sections }: {
    readonly title: string;
    readonly lead: string;
    readonly sections: readonly (Markup | undefined)[];
  },
  { zone, nowMs }: RenderOptions,
): Markup {
  return squeezed(html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>${title}</title>
        <style>${STYLE_MARKUP}</style>
      </head>
      <body class="ground" style="margin:0;padding:0;background:${LIGHT.ground}">
        <div style="display:none;max-height:0;overflow:hidden">${lead}</div>
        <table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0"
          border="0" style="background:${LIGHT.ground}">
          <tr>
            <td align="center" style="padding:16px 8px">
              <table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0"
                border="0"
                style="width:100%;max-width:600px;table-layout:fixed;background:${LIGHT
                  .card};border-radius:10px;font-family:${FONT};text-align:left">
    ${sections.filter((section) => section !== undefined)}
    ${row(
      html`
        <p class="quiet line"
          style="margin:0;padding:14px 0 0;border-top:1px solid ${LINE};${type(
            12,
            LIGHT.quiet,
          )}">${footer(nowMs, zone)}</p>
      `,
      "22px 24px 20px",
    )}
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  `);
}

/** Without the indentation of its templates, which is a tenth of it. */
function squeezed({ text }: Markup): Markup {
  return new Markup(text.replace(/\n\s*/g, "\n").trimStart());
}

const STYLE_MARKUP = html`${STYLE}`;

/** A row of the card. */
export function row(content: Markup, padding = "20px 24px 0"): Markup {
  return html`
    <tr>
      <td style="padding:${padding}">${content}</td>
    </tr>
  `;
}

/** Font size in pixels, and colour. */
export function type(sizePx: number, colour: string = LIGHT.ink, weight = 400): string {
  const line = sizePx >= 30 ? 1.1 : 1.45;
  return `font-size:${sizePx}px;line-height:${line};color:${colour};font-weight:${weight}`;
}

export function heading(text: string, aside = ""): Markup {
  return html`
    <table ${TABLE}>
      <tr>
        <td class="ink" style="${type(15, LIGHT.ink, 700)}">${text}</td>
        <td class="quiet" align="right" style="${type(
          12,
          LIGHT.quiet,
        )};vertical-align:bottom">${aside}</td>
      </tr>
    </table>
  `;
}

/** Attributes of a table that only arranges. */
export const TABLE =
  html`role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"`;
export const INK = LIGHT.ink, QUIET = LIGHT.quiet, RULE = LINE;

/** A picture as wide as the card, with what it says in words. */
export function picture(cid: string, alt: string, heightPx: number): Markup {
  return html`
    <img src="cid:${cid}" width="552" height="${heightPx}" alt="${alt}"
      style="display:block;width:100%;height:${heightPx}px;border:0;${type(11, LIGHT.quiet)}">
  `;
}

/** As CSS wants it. */
export function rgb([red, green, blue]: Colour): string {
  return `rgb(${red},${green},${blue})`;
}

/** A bar: a share (0..1) of the width in a colour. */
export function bar(share: number, colour: Colour): Markup {
  const filled = Math.max(1, Math.min(100, Math.round(share * 100)));
  const cell = (width: number, style: string) =>
    html`
      <td width="${width}%" height="6"
        style="width:${width}%;height:6px;font-size:0;line-height:0;${style}">&nbsp;</td>
    `;
  return html`
    <table ${TABLE} style="table-layout:fixed">
      <tr>${cell(filled, `background:${rgb(colour)};border-radius:3px`)}${filled < 100
        ? cell(100 - filled, "")
        : undefined}</tr>
    </table>
  `;
}

/** Lines of a name, a value, and more quietly a detail. */
export function factTable(facts: readonly Fact[]): Markup {
  return html`<table ${TABLE} style="table-layout:fixed">${
    facts.map(({ name, value, detail }) =>
      html`
        <tr>
          <td class="quiet" width="34%"
            style="padding:3px 8px 3px 0;vertical-align:top;word-wrap:break-word;overflow-wrap:anywhere;${type(
              14,
              LIGHT.quiet,
            )}">${name}</td>
          <td class="ink"
            style="padding:3px 0;vertical-align:top;${type(
              14,
            )}"><b>${value}</b>${detail === undefined
              ? undefined
              : html`<span class="quiet" style="color:${LIGHT.quiet}">, ${detail}</span>`}</td>
        </tr>
      `
    )
  }</table>`;
}
