/**
 * Text as X properties hold it: what WM_NAME, _NET_WM_NAME and WM_CLASS say, whatever their bytes.
 * @module
 */
import { decodeCompoundText } from "./x11_compound_text.ts";

/** Titles are cut to this many UTF-16 code units. */
export const TITLE_LIMIT = 10_000;

/** How a property's bytes are to be read; anything but these three is UTF-8 if it can be, else Latin-1. */
export type TextType = "UTF8_STRING" | "STRING" | "COMPOUND_TEXT" | "unknown";

/** The text in `bytes`; never throws: what cannot be read becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, type: TextType): string {
  switch (type) {
    case "UTF8_STRING":
      return new TextDecoder().decode(bytes);
    case "STRING":
      return decodeLatin1(bytes);
    case "COMPOUND_TEXT":
      return decodeCompoundText(bytes);
    case "unknown":
      try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch {
        return decodeLatin1(bytes);
      }
  }
}

/**
 * ISO 8859-1, every byte the code point of its number. `TextDecoder("latin1")` is another code,
 * windows-1252, by the WHATWG Encoding Standard.
 */
export function decodeLatin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** A title fit to be kept: the parts of a list joined by spaces, cut to `TITLE_LIMIT`; `undefined` for "". */
export function tidyTitle(text: string): string | undefined {
  const title = text.replace(/\0+$/, "").replaceAll("\0", " ");
  // Half of a surrogate pair is not left at the end.
  const cut = title.length > TITLE_LIMIT
    ? title.slice(0, TITLE_LIMIT).replace(/[\uD800-\uDBFF]$/, "")
    : title;
  return cut || undefined;
}

/**
 * The class part of WM_CLASS, which is "instance NUL class NUL"; the instance where there is no class, and
 * `undefined` where there is neither.
 */
export function parseWmClass(text: string): string | undefined {
  const [instance, name] = text.split("\0");
  return name || instance || undefined;
}
