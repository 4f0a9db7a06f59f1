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

/** What says the same in the alphabet; letters besides that lose their accents. */
const AS_GOOD: Readonly<Record<string, string>> = {
  ...{ "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "•": "-", "·": "-", "…": "..." },
  ...{ "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'", "′": "'" },
  ...{ "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"' },
  ...{ "×": "x", "÷": "/", "→": "->", "≤": "<=", "≥": ">=", "≈": "~" },
  ...{ "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE", "ẞ": "SS" },
};

/** What one segment holds alone, and as one of several, whose header takes room. */
const ROOM = { gsm: { one: 160, many: 153 }, ucs2: { one: 70, many: 67 } } as const;

export interface SmsLength {
  readonly alphabet: keyof typeof ROOM;
  readonly segments: number;
}

/** By which alphabet a text is sent, and in how many segments; none for an empty text. */
export function smsLength(text: string): SmsLength {
  const alphabet = [...text].every(isGsm) ? "gsm" : "ucs2";
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

/**
 * A text that takes at most `segments`. Characters give way to others as good where all of it then needs fewer
 * segments; what is too long still is cut, after a word where one is near. Control characters go.
 */
export function fitSms(text: string, segments = 2): string {
  const clean = withoutControls(text);
  const plain = [...clean].map(plainOf).join("");
  const chosen = smsLength(plain).segments < smsLength(clean).segments ? plain : clean;
  return smsLength(chosen).segments <= segments ? chosen : cut(chosen, segments);
}

function isGsm(char: string): boolean {
  return BASIC.has(char) || EXTENDED.has(char);
}

function widthOf(char: string, alphabet: SmsLength["alphabet"]): number {
  if (alphabet === "ucs2") return char.length;
  return EXTENDED.has(char) ? 2 : 1;
}

function withoutControls(text: string): string {
  return text.normalize("NFC").replaceAll(/\r\n?/g, "\n").replaceAll(/[^\S\n]/g, " ")
    .replaceAll(/[^\P{C}\n]/gu, "").trim();
}

function plainOf(char: string): string {
  if (isGsm(char)) return char;
  if (Object.hasOwn(AS_GOOD, char)) return AS_GOOD[char];
  // An accent alone, too, is a mark: what is nothing but marks stays.
  return char.normalize("NFD").replaceAll(/\p{M}/gu, "") || char;
}

/** How far back a word's end may lie. */
const NEAR_CHARS = 30;

function cut(text: string, segments: number): string {
  const ellipsis = smsLength(text).alphabet === "gsm" ? "..." : "…";
  const chars = [...text];
  const begin = (count: number) => chars.slice(0, count).join("");
  // The longest beginning that fits: with every character it only gets longer.
  let fits = 0, tooLong = chars.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (smsLength(begin(middle) + ellipsis).segments <= segments) fits = middle;
    else tooLong = middle;
  }
  // What changes the character before it stays with it.
  while (fits > 0 && /[\p{M}\p{Emoji_Modifier}]/u.test(chars[fits])) fits--;
  const rest = begin(fits);
  const atWord = /\s/.test(chars[fits]) ? rest : /^[\s\S]*(?=\s)/.exec(rest)?.[0] ?? "";
  const isNear = rest.length - atWord.length <= NEAR_CHARS;
  return (isNear ? atWord : rest).trimEnd() + ellipsis;
}
