/**
 * COMPOUND_TEXT, the ISO 2022 text of X: "Compound Text Encoding" 1.1, X Consortium standard.
 * @module
 */

/** A set of characters that an escape sequence puts into the left (GL) or right (GR) half of the code. */
interface CharacterSet {
  readonly bytesPerCharacter: 1 | 2;
  /** The text of whole characters, each byte with its high bit set. */
  decode(bytes: Uint8Array): string;
}

const ESC = 0x1b;
const CSI = 0x9b;
const REPLACEMENT = "\uFFFD";

const ASCII: CharacterSet = {
  bytesPerCharacter: 1,
  decode: (bytes) => characters(bytes, (byte) => byte & 0x7f),
};
const LATIN_1: CharacterSet = {
  bytesPerCharacter: 1,
  decode: (bytes) => characters(bytes, (byte) => byte),
};
const JIS_ROMAN: CharacterSet = {
  bytesPerCharacter: 1,
  decode: (bytes) => ASCII.decode(bytes).replaceAll("\\", "¥").replaceAll("~", "‾"),
};
const JIS_KATAKANA: CharacterSet = {
  bytesPerCharacter: 1,
  decode: (bytes) =>
    characters(bytes, (byte) => byte > 0xa0 && byte <= 0xdf ? byte - 0xa1 + 0xff61 : 0xfffd),
};

/** 94-character sets, by the final byte of `ESC ( F` and `ESC ) F`. */
const SETS_94: Readonly<Record<string, CharacterSet>> = {
  B: ASCII,
  I: JIS_KATAKANA,
  J: JIS_ROMAN,
};

/** 96-character sets, by the final byte of `ESC - F`. */
const SETS_96: Readonly<Record<string, CharacterSet>> = {
  A: LATIN_1,
  B: encoded("iso-8859-2"),
  C: encoded("iso-8859-3"),
  D: encoded("iso-8859-4"),
  F: encoded("iso-8859-7"),
  G: encoded("iso-8859-6"),
  H: encoded("iso-8859-8"),
  L: encoded("iso-8859-5"),
  M: encoded("iso-8859-9"),
  T: encoded("iso-8859-11"),
  V: encoded("iso-8859-10"),
  Y: encoded("iso-8859-13"),
  _: encoded("iso-8859-14"),
  b: encoded("iso-8859-15"),
  f: encoded("iso-8859-16"),
};

/** Sets of two bytes a character, by the final byte of `ESC $ ( F` and `ESC $ ) F`. */
const SETS_94_SQUARED: Readonly<Record<string, CharacterSet>> = {
  "@": encoded("euc-jp", 2),
  A: encoded("gbk", 2),
  B: encoded("euc-jp", 2),
  C: encoded("euc-kr", 2),
  D: { bytesPerCharacter: 2, decode: decodeJisX0212 },
};

/** Names in extended segments that `TextDecoder` knows by another; the rest is tried as it stands. */
const SEGMENT_NAMES: Readonly<Record<string, string>> = {
  "big5-0": "big5",
  "big5hkscs-0": "big5-hkscs",
  "gb18030.2000-0": "gb18030",
  "gbk-0": "gbk",
  "microsoft-cp1251": "windows-1251",
  "microsoft-cp1255": "windows-1255",
  "microsoft-cp1256": "windows-1256",
  "tis620-0": "windows-874",
};

/** The text in `bytes`; what it does not know, or is broken, becomes U+FFFD, one a character. */
export function decodeCompoundText(bytes: Uint8Array): string {
  return new Reader(bytes).read();
}

class Reader {
  #left = ASCII;
  #right = LATIN_1;
  #at = 0;
  #text = "";

  constructor(private readonly bytes: Uint8Array) {}

  read(): string {
    while (this.#at < this.bytes.length) {
      const byte = this.bytes[this.#at];
      if (byte === ESC) this.#escape();
      else if (byte === CSI) this.#direction();
      else if (byte <= 0x20 || byte === 0x7f) this.#take(1, String.fromCharCode(byte));
      else if (byte > 0x7f && byte < 0xa0) this.#take(1, REPLACEMENT);
      else this.#run(byte & 0x80);
    }
    return this.#text;
  }

  #take(count: number, text: string): void {
    this.#at += count;
    this.#text += text;
  }

  /** Printing bytes of one half of the code, all in the same set. */
  #run(half: number): void {
    const start = this.#at;
    let end = start;
    const inHalf = (byte: number) => half ? byte >= 0xa0 : byte > 0x20 && byte < 0x7f;
    while (end < this.bytes.length && inHalf(this.bytes[end])) end++;
    const raised = this.bytes.slice(start, end).map((byte) => byte | 0x80);
    const set = half ? this.#right : this.#left;
    const whole = raised.length - raised.length % set.bytesPerCharacter;
    const text = set.decode(raised.subarray(0, whole));
    this.#take(raised.length, whole < raised.length ? text + REPLACEMENT : text);
  }

  /** A designation: intermediate bytes 0x20..0x2F, then a final byte. */
  #escape(): void {
    let end = this.#at + 1;
    while (this.bytes[end] >= 0x20 && this.bytes[end] <= 0x2f) end++;
    if (end >= this.bytes.length) return this.#take(this.bytes.length - this.#at, "");
    const kind = characters(this.bytes.subarray(this.#at + 1, end), (byte) => byte);
    const final = String.fromCharCode(this.bytes[end]);
    this.#at = end + 1;
    switch (kind) {
      case "(":
        this.#left = SETS_94[final] ?? unknown(1);
        break;
      case ")":
        this.#right = SETS_94[final] ?? unknown(1);
        break;
      case "-":
        this.#right = SETS_96[final] ?? unknown(1);
        break;
      case "$":
      case "$(":
        this.#left = SETS_94_SQUARED[final] ?? unknown(2);
        break;
      case "$)":
        this.#right = SETS_94_SQUARED[final] ?? unknown(2);
        break;
      case "%":
        if (final === "G") this.#utf8();
        break;
      case "%/":
        this.#extended(final);
        break;
    }
  }

  /** `ESC % G` … `ESC % @`: UTF-8. */
  #utf8(): void {
    let end = this.#at;
    const isEnd = () =>
      this.bytes[end] === ESC && this.bytes[end + 1] === 0x25 && this.bytes[end + 2] === 0x40;
    while (end < this.bytes.length && !isEnd()) end++;
    const text = new TextDecoder().decode(this.bytes.subarray(this.#at, end));
    this.#take(Math.min(end + 3, this.bytes.length) - this.#at, text);
  }

  /** `ESC % / F M L`, a name, STX and text: M and L hold the length of all that follows them. */
  #extended(final: string): void {
    const length = (this.bytes[this.#at] & 0x7f) * 128 + (this.bytes[this.#at + 1] & 0x7f);
    const segment = this.bytes.subarray(this.#at + 2, this.#at + 2 + length);
    this.#at = Math.min(this.#at + 2 + length, this.bytes.length);
    const stx = segment.indexOf(0x02);
    const name = characters(segment.subarray(0, Math.max(stx, 0)), (byte) => byte).toLowerCase();
    const text = segment.subarray(stx + 1);
    const width = /[1-4]/.test(final) ? Number(final) : 1;
    try {
      this.#text += new TextDecoder(SEGMENT_NAMES[name] ?? name).decode(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#text += REPLACEMENT.repeat(Math.ceil(text.length / width));
    }
  }

  /** `CSI 1 ]`, `CSI 2 ]`, `CSI ]`: which way text is written, which is no text. */
  #direction(): void {
    let end = this.#at + 1;
    while (this.bytes[end] >= 0x20 && this.bytes[end] <= 0x3f) end++;
    this.#at = Math.min(end + 1, this.bytes.length);
  }
}

/** A set that the right half of one of `TextDecoder`'s encodings holds. */
function encoded(encoding: string, bytesPerCharacter: 1 | 2 = 1): CharacterSet {
  return { bytesPerCharacter, decode: (bytes) => new TextDecoder(encoding).decode(bytes) };
}

/** A set that nothing here can read. */
function unknown(bytesPerCharacter: 1 | 2): CharacterSet {
  return {
    bytesPerCharacter,
    decode: (bytes) => REPLACEMENT.repeat(bytes.length / bytesPerCharacter),
  };
}

/** EUC-JP has JIS X 0212 behind a third byte. */
function decodeJisX0212(bytes: Uint8Array): string {
  const euc: number[] = [];
  for (let i = 0; i < bytes.length; i += 2) euc.push(0x8f, bytes[i], bytes[i + 1]);
  return new TextDecoder("euc-jp").decode(new Uint8Array(euc));
}

function characters(bytes: Uint8Array, codePoint: (byte: number) => number): string {
  return Array.from(bytes, (byte) => String.fromCharCode(codePoint(byte))).join("");
}
