/**
 * What rules see of a subject: each field as it was observed and in forms cleaned of decoration.
 * @module
 */

/** The longest text that is matched; of longer ones the middle is left out. */
export const MAX_TEXT_CHARS = 512;

/** What is not drawn: joiners, marks of direction, variants, controls that are no space. */
// deno-lint-ignore no-control-regex
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\0-\x08\x0e-\x1f\x7f\ufff9-\ufffb]/gu;
const SPACE_RUN = /\s+/g;
const PLAIN = /^[\x20-\x7e]*$/;

/** The text with its middle left out when it is over `MAX_TEXT_CHARS`: a title's site is at an end. */
export function shortened(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  const half = MAX_TEXT_CHARS / 2;
  return text.slice(0, half) + text.slice(-half);
}

/** Lower case, one space where there were several, no invisible characters, composed (NFC). */
export function cleaned(text: string): string {
  const visible = PLAIN.test(text) ? text : text.replace(INVISIBLE, "").normalize("NFC");
  return visible.replace(SPACE_RUN, " ").trim().toLowerCase();
}

function folded(text: string): string {
  return cleaned(shortened(text));
}

const PATH = /^(?:[~.]{0,2}\/|[a-z]:[\\/]|\\\\)/;
const EXTENSION = /\.(?:exe|app|desktop|appimage|bin|x86_64|py)$/;
const VERSION = /[ _-]?(?:v|\(|build )?\d{1,4}(?:\.\d+)*(?:\.x)?\)?(?: ?(?:lts|beta|esr))?$/;
const BITS = /[ _-]?(?:\((?:32|64)[ -]bit\)|x86_64|x64|x86|win64|win32|64bit|64|32)$/;
/** Last parts of package names that say nothing: the part before names the program. */
const GENERIC =
  /^(?:android|app|apps|mobile|client|desktop|main|release|lite|ios|mac|macos|linux|gtk|qt|phone|free|pro|beta|debug)$/;

/**
 * The names under which a program is looked up, the fullest first, without repetition; empty when
 * there is no name.
 *
 * ```
 * "C:\\Apps\\Code.exe"      -> code.exe, code
 * "org.gnome.Nautilus"      -> org.gnome.nautilus, nautilus
 * "com.twitter.android"     -> com.twitter.android, twitter
 * "firefox_firefox"         -> firefox_firefox, firefox
 * "jetbrains-pycharm-ce"    -> jetbrains-pycharm-ce, pycharm
 * "Blender 4.1"             -> blender 4.1, blender
 * ```
 */
export function appForms(app: string | undefined): string[] {
  if (app === undefined) return [];
  const forms: string[] = [];
  const add = (form: string) => {
    if (form !== "" && !forms.includes(form)) forms.push(form);
  };
  const whole = folded(app);
  const file = PATH.test(whole) ? whole.replace(/^.*[\\/]/, "") : whole;
  add(file);
  const name = file.replace(EXTENSION, "");
  add(name);
  const bare = name.replace(/^jetbrains-(.+?)(?:-(?:ce|ue|eap))?$/, "$1")
    .replace(/^(.+)_\1$/, "$1").replace(/^snap\.[^.]+\./, "");
  add(bare);
  if (
    /^[a-z0-9_-]+(?:\.[a-z0-9_-]+){2,}$/.test(bare) || /^(?:com|org|net|io)\.[^. ]+$/.test(bare)
  ) {
    const parts = bare.split(".");
    while (parts.length > 2 && GENERIC.test(parts.at(-1)!)) parts.pop();
    add(parts.at(-1)!);
  }
  for (const form of [...forms]) {
    const general = form.replace(BITS, "").replace(VERSION, "").trim();
    if (general.length > 2) add(general);
  }
  return forms;
}

const COUNTERS =
  /^(?:(?:\(\d[\d.,]{0,6}\+?\)|\[\d{1,3}\+?\]|[●•○◉◦∙·*✱✳★☆🔴🔵🟢🔊🔇🔔💬▶►⏵⏸❚‣]\ufe0f?)\s*)+(?=\S)/u;

/** What browsers write behind a page's title, in lower case. */
const BROWSER =
  "(?:mozilla )?firefox(?: (?:nightly|developer edition|esr|private browsing))?|nightly" +
  "|google chrome(?: (?:beta|dev|canary))?|chromium|microsoft edge(?: (?:beta|dev|canary))?|brave" +
  "|opera(?: gx)?|vivaldi|librewolf|waterfox|floorp|zen browser|tor browser|mullvad browser" +
  "|seamonkey|pale moon|falkon|konqueror|qutebrowser|safari|internet explorer|yandex browser" +
  "|yandex|яндекс\\.браузер|яндекс браузер|uc browser|maxthon|naver whale|whale|samsung internet" +
  "|cốc cốc|duckduckgo|ungoogled chromium|comet|arc";
const PRIVATE = "(?: ?(?:\\([^()]{1,40}\\)|private browsing|\\[inprivate\\]|inprivate))?";
const SUFFIX = new RegExp(
  ` [-–—] (?:(?:${BROWSER})${PRIVATE}|google chrome${PRIVATE} [-–—] [^-–—|]{1,40})$`,
);
const EDGE_SUFFIX = / [-–—] microsoft edge[^-–—|]{0,24}$/;
const EDGE_PROFILE =
  / [-–—] (?:\[?inprivate\]?|personal|persönlich|personnel|persoonlijk|personale|pessoal|prywatne|личный|个人|work|arbeit|geschäftlich|travail|professionnel|trabajo|trabalho|lavoro|werk|school|schule|study|guest|gast|(?:profil|profile|perfil|profilo|профиль|用户配置) ?\d{1,2})$/;
const EDGE_MORE =
  / (?:and \d+ more pages?|und \d+ weitere seiten?|et \d+ (?:autres? pages?|pages? (?:de plus|supplémentaires?))|y \d+ páginas? más|e (?:altre|mais) \d+ pagin[ae]s?|e mais \d+ páginas?|en nog \d+ pagina['’]?s?|i \d+ (?:więcej|inn\S*) stron\S*|и ещ[её] \d+ страниц\S*|和另外 \d+ 个页面)$/;
const CHROME_STATE =
  / [-–—] (?:audio playing|audio muted|camera or microphone recording|camera recording|microphone recording|bluetooth device connected|usb device connected|screen shared|picture in picture|high memory usage [-–—] [\d.,]+ [km]b|memory usage [-–—] [\d.,]+ [km]b|audiowiedergabe|network error)$/;
const PRIVATE_TAIL =
  / (?:\((?:private browsing|incognito|privater modus|navigation privée|inprivate|anonymous)\)|\[inprivate\])$/;

/**
 * The page's own title in lower case: without counters ("(3) "), marks of unsaved or playing tabs,
 * and the browser's name, profile and "and 2 more pages". Of long titles the middle is left out, but of a `whole` one.
 */
export function pageTitle(title: string, { whole = false } = {}): string {
  let page = (whole ? cleaned(title) : folded(title)).replace(COUNTERS, "");
  const edge = EDGE_SUFFIX.test(page);
  const full = page;
  page = edge ? page.replace(EDGE_SUFFIX, "") : page.replace(SUFFIX, "");
  if (page === full) return page.replace(PRIVATE_TAIL, "");
  if (edge) page = page.replace(EDGE_PROFILE, "").replace(EDGE_MORE, "");
  return page.replace(CHROME_STATE, "").replace(PRIVATE_TAIL, "").replace(COUNTERS, "");
}

/** The address in lower case, at most `MAX_TEXT_CHARS` of it: host and path stand at the start. */
export function foldedUrl(url: string): string {
  return url.slice(0, MAX_TEXT_CHARS).trim().toLowerCase();
}
