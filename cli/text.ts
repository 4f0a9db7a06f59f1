/**
 * Text in a terminal: made harmless, measured in columns, cut and filled.
 * @module
 */

const ESCAPE = "\x1b";
/** Our own colours; whatever else looks like a sequence was made harmless by {@linkcode clean}. */
const COLOURS = new RegExp(`${ESCAPE}\\[[\\d;]*m`, "g");
/** Controls, half surrogates, and what shows letters in another order than they stand. */
const DANGEROUS =
  /[\p{Cc}\p{Cs}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\u{1f3fb}-\u{1f3ff}]$/u;
/** East Asian Wide and Fullwidth (UAX 11), and emoji that are shown as pictures. */
const DOUBLE_WIDTH =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]$/u;

/**
 * `text` as one line that cannot steer a terminal: controls (escape sequences among them) and overrides
 * of the reading direction become one visible sign, line breaks and tabs a space.
 */
export function clean(text: string): string {
  return text.replace(/[\t\r\n\u2028\u2029]+/g, " ").replace(DANGEROUS, "\ufffd")
    // Asks for a picture: terminals do not agree on its width.
    .replaceAll("\ufe0f", "");
}

/** Columns that `text` takes in a terminal; colours take none. */
export function displayWidth(text: string): number {
  let width = 0, joined = false, flag = false;
  for (const char of text.replace(COLOURS, "")) {
    const isFlag = /^\p{Regional_Indicator}$/u.test(char);
    if (isFlag && flag) flag = false;
    else {
      if (!joined && !ZERO_WIDTH.test(char)) width += DOUBLE_WIDTH.test(char) ? 2 : 1;
      flag = isFlag;
    }
    joined = char === "\u200d";
  }
  return width;
}

/** `text` (without colours) in at most `width` columns, with an ellipsis where something is missing. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  for (const char of text) {
    if (displayWidth(kept + char) > width - 1) break;
    kept += char;
  }
  return width > 0 ? `${kept.trimEnd()}…` : "";
}

/** `text` filled with spaces to `width` columns. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + fill : fill + text;
}

/** `text` as lines of at most `width` columns, broken at spaces; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `text` without colours. */
export function withoutColours(text: string): string {
  return text.replace(COLOURS, "");
}
