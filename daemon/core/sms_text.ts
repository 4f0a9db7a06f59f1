/**
 * The length of an SMS: its alphabet, its segments, and how a text is made to fit (3GPP TS 23.038 and 23.040).
 * @module
 */

/** The default alphabet; each character takes 7 bits. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿" +
    "abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Its extension; each character takes 7 bits twice. */
const EXTENDED = new Set("\f^{}\\[~]|€");

/** Characters that are not in the alphabet, and what is as good; else one of them more than doubles the length. */
const AS_GOOD: Readonly<Record<string, string>> = {
  "–": "-",
  "—": "-",
  "−": "-",
  "‐": "-",
  "‑": "-",
  "…": "...",
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "•": "-",
  "·": "-",
  "×": "x",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\t": " ",
};

/** What one segment holds alone, and as one of several, whose header takes room. */
const ROOM = { gsm: { one: 160, many: 153 }, ucs2: { one: 70, many: 67 } } as const;

export interface SmsLength {
  readonly alphabet: keyof typeof ROOM;
  readonly segments: number;
}

/** By which alphabet a text is sent, and in how many segments; none for an empty text. */
export function smsLength(text: string): SmsLength {
  const alphabet = [...text].every((char) => BASIC.has(char) || EXTENDED.has(char))
    ? "gsm"
    : "ucs2";
  const room = ROOM[alphabet];
  let units = 0, segments = 1, inLast = 0;
  for (const char of text) {
    const width = widthOf(char, alphabet);
    units += width;
    // Neither an escaped character nor a pair of surrogates is cut in two.
    if (inLast + width > room.many) {
      segments++;
      inLast = 0;
    }
    inLast += width;
  }
  if (units === 0) return { alphabet, segments: 0 };
  return { alphabet, segments: units <= room.one ? 1 : segments };
}

function widthOf(char: string, alphabet: SmsLength["alphabet"]): number {
  if (alphabet === "ucs2") return char.length;
  return EXTENDED.has(char) ? 2 : 1;
}

/**
 * A text that takes at most `segments`: characters are replaced by others as good where that makes all of it fit
 * the short alphabet, and what is too long is cut after a word, with "..." at the end. Control characters go.
 */
export function fitSms(text: string, segments = 2): string {
  const clean = text.replaceAll(/[^\P{C}\n]|[\u2028\u2029]/gu, (char) => char === "\t" ? " " : "")
    .trim();
  const plain = [...clean].map((char) => AS_GOOD[char] ?? char).join("");
  const chosen = smsLength(plain).alphabet === "gsm" ? plain : clean;
  if (smsLength(chosen).segments <= segments) return chosen;
  const chars = [...chosen];
  // The longest beginning that fits; its length grows with every character.
  let fits = 0, tooLong = chars.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (smsLength(`${chars.slice(0, middle).join("")}...`).segments <= segments) fits = middle;
    else tooLong = middle;
  }
  const cut = chars.slice(0, fits).join("");
  const word = /^([\s\S]*\S)\s+\S*$/.exec(cut)?.[1];
  const isMuchLost = word === undefined || cut.length - word.length > 30;
  return `${isMuchLost ? cut : word}...`;
}
