/**
 * Which windows are private ones ("incognito") of the browsers that are known, by their program and title.
 *
 * Measured on X11 with Firefox 153 ESR and Chromium 156: Firefox writes it into every title of a private window,
 * in the language that it speaks; Chromium into none but that of the page a private window begins with. What was
 * looked at besides (WM_CLASS, WM_WINDOW_ROLE, _GTK_THEME_VARIANT, icon, hints) is the same for both kinds.
 * @module
 */
import {
  INCOGNITO,
  NEW_INCOGNITO_TAB,
  NEW_TAB,
  PRIVATE_BROWSING,
  UNTITLED,
} from "./private_names.ts";
import { appForms, cleaned } from "./subject_forms.ts";

/** How a browser's private windows are told; "always": it has no others. */
export type BrowserKind = "firefox" | "chromium" | "always" | "other";

const KINDS: readonly (readonly [BrowserKind, RegExp])[] = [
  ["always", /^(?:com\.|org\.|net\.)?(?:tor|mullvad)[ .-]?browser\b/],
  [
    "firefox",
    /^(?:mozilla )?(?:firefox|nightly|librewolf|waterfox|floorp|zen|icecat|iceweasel|pale ?moon|basilisk|seamonkey)(?:$|[-_. ])/,
  ],
  [
    "chromium",
    /^(?:com\.|org\.|io\.)?(?:google[ .-]?chrome|chrome|chromium|ungoogled[ -]chromium|brave|vivaldi|opera|microsoft[ .-]edge|msedge|edge|yandex|thorium|iridium|whale|naver[ -]whale)(?:$|[-_. ])/,
  ],
  ["other", /^(?:safari|epiphany|falkon|qutebrowser|konqueror|midori|otter-browser)(?:$|[-_. ])/],
];

const BRAND = "(?:mozilla )?firefox(?: (?:nightly|developer edition|esr))?|(?:firefox )?nightly" +
  "|librewolf|waterfox(?: \\S+)?|(?:ablaze )?floorp|zen(?: browser)?|(?:gnu )?icecat|iceweasel|pale moon" +
  "|basilisk|seamonkey|google chrome(?: (?:beta|dev|canary))?|(?:ungoogled )?chromium" +
  "|microsoft edge(?: (?:beta|dev|canary))?|brave(?: (?:beta|nightly))?|vivaldi|opera(?: gx)?|yandex(?: browser)?" +
  "|thorium|iridium|(?:naver )?whale|falkon|qutebrowser|safari|midori|otter browser";
const IS_BRAND = new RegExp(`^(?:${BRAND})$`);
const HAS_BRAND = new RegExp(`(?:${BRAND})`);
const SEPARATOR = / [-–—]{1,2} /;
/** What Chromium writes behind a page's title: " - Chromium", ": Chromium", "“ – „Chromium“". */
const BEHIND_PAGE = new RegExp(`^[“”"]?(?::| [-–—]{1,2}) [„“"]?(?:${BRAND})(?: |$)`);
const EDGES = /^[\s:()[\]«»„“”"–—-]+|[\s:()[\]«»„“”"–—-]+$/g;
/** What a language puts between a browser's name and the private window's: "navigation privée de". */
const BETWEEN_CHARS = 4;

/** The kind of browser that a program is; `undefined`: none that is known. */
export function browserOf(app: string | undefined): BrowserKind | undefined {
  if (app === undefined) return undefined;
  const forms = appForms(app);
  return KINDS.find(([, names]) => forms.some((form) => names.test(form)))?.[0];
}

/**
 * Whether a program and title are marked as a private window's, on whatever system they were seen. A title without a
 * mark may still be one's: see {@linkcode isUnmarked}.
 */
export function hasPrivateMark(app: string | undefined, title: string | undefined): boolean {
  const kind = browserOf(app);
  if (kind === "always") return true;
  if (title === undefined || app !== undefined && kind === undefined) return false;
  const text = cleaned(title);
  if (kind === "chromium" && firstPage(title) === "private" || text.startsWith("[private mode]")) {
    return true;
  }
  const parts = text.split(SEPARATOR);
  const last = parts.at(-1)!;
  if (HAS_BRAND.test(last)) {
    if (isPrivateName(last.replace(HAS_BRAND, ""))) return true;
    // "Page - [InPrivate] - Microsoft Edge"
    return parts.length > 1 && /^\[?inprivate\]?$/.test(parts.at(-2)!);
  }
  // "Page — Mozilla Firefox — tryb prywatny"; on macOS "Page — Private Browsing".
  const isBranded = parts.length > 1 && IS_BRAND.test(parts.at(-2)!);
  return isBranded && isPrivateName(last) ||
    kind === "firefox" && PRIVATE_BROWSING.includes(last.replaceAll(EDGES, ""));
}

/**
 * Whether a title that Firefox gave a window on Linux or Windows is not that of an ordinary one. Ordinary ones end with
 * the browser's name and nothing else, in all of its languages; so no list of languages has to be complete. Dialogs,
 * which name no browser, count as private: they may be a private window's.
 */
export function isUnmarked(title: string | undefined): boolean {
  return title === undefined || !IS_BRAND.test(cleaned(title).split(SEPARATOR).at(-1)!);
}

/**
 * What the title of a window of Chromium says of its kind: "private" or "ordinary" by the page that it begins with,
 * "early" before it has any, `undefined` by any other page.
 */
export function firstPage(
  title: string | undefined,
): "private" | "ordinary" | "early" | undefined {
  if (title === undefined) return "early";
  const text = cleaned(title).replaceAll(EDGES, "");
  const begins = (names: readonly string[]) =>
    names.some((name) => {
      const rest = text.slice(name.length);
      return text.startsWith(name) && (rest === "" || BEHIND_PAGE.test(rest));
    });
  if (begins(NEW_INCOGNITO_TAB)) return "private";
  if (begins(NEW_TAB)) return "ordinary";
  return begins(UNTITLED) || IS_BRAND.test(text) ? "early" : undefined;
}

function isPrivateName(text: string): boolean {
  const name = text.replaceAll(EDGES, "");
  return name !== "" &&
    [PRIVATE_BROWSING, INCOGNITO].some((names) =>
      names.some((known) => name.includes(known) && name.length - known.length <= BETWEEN_CHARS)
    );
}
