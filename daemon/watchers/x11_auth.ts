/**
 * The X authority file: which cookie opens a display. The `x11` package can read it too, but throws where
 * nobody can catch when the file cannot be read, and writes to the terminal when no entry fits.
 * @module
 */

/** One entry of the file, as libXau's `Xauth` structure; strings hold one byte a character. */
export interface XauthEntry {
  /** 0 Internet, 6 Internet6, 256 Local, 65535 Wild, … */
  readonly family: number;
  readonly address: string;
  /** The display's number; "" fits every one. */
  readonly display: string;
  /** "MIT-MAGIC-COOKIE-1". */
  readonly name: string;
  readonly data: string;
}

/** Which display a cookie is wanted for. */
export interface XauthTarget {
  /** The peer's IP address, or `undefined` for this machine. */
  readonly address: string | undefined;
  readonly hostname: string;
  readonly display: string;
}

const FAMILY_INTERNET = 0;
const FAMILY_INTERNET6 = 6;
const FAMILY_LOCAL = 256;
const FAMILY_WILD = 65535;
const COOKIE_NAME = "MIT-MAGIC-COOKIE-1";

/** The entries of an authority file; one that was cut off in the middle ends the list. */
export function parseXauthority(bytes: Uint8Array): XauthEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: XauthEntry[] = [];
  let at = 0;
  const readField = (): string => {
    const length = view.getUint16(at);
    if (at + 2 + length > bytes.length) throw new RangeError("field is cut off");
    const field = bytes.subarray(at + 2, at += 2 + length);
    return Array.from(field, (byte) => String.fromCharCode(byte)).join("");
  };
  while (at < bytes.length) {
    try {
      const family = view.getUint16(at);
      at += 2;
      const [address, display, name, data] = [readField(), readField(), readField(), readField()];
      entries.push({ family, address, display, name, data });
    } catch (error) {
      if (error instanceof RangeError) break;
      throw error;
    }
  }
  return entries;
}

/** The first entry that opens the target, in the file's order, as `XauGetBestAuthByAddr` of libXau picks it. */
export function pickXauthEntry(
  entries: readonly XauthEntry[],
  { address, hostname, display }: XauthTarget,
): XauthEntry | undefined {
  const [family, wanted] = address === undefined
    ? [FAMILY_LOCAL, hostname]
    : address.includes(":")
    ? [FAMILY_INTERNET6, packIpv6(address)]
    : [FAMILY_INTERNET, packIpv4(address)];
  return entries.find((entry) =>
    entry.name === COOKIE_NAME &&
    (entry.display === "" || entry.display === display) &&
    (entry.family === FAMILY_WILD || (entry.family === family && entry.address === wanted))
  );
}

function packIpv4(address: string): string {
  return String.fromCharCode(...address.split(".").map(Number));
}

function packIpv6(address: string): string {
  const [head, tail] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(8 - head.length - (tail?.length ?? 0)).fill("0");
  const groups = tail ? [...head, ...zeros, ...tail] : head;
  return groups.map((group) => parseInt(group, 16))
    .map((value) => String.fromCharCode(value >> 8, value & 0xff)).join("");
}

/**
 * The cookie for a display, from the file that XAUTHORITY names, else ~/.Xauthority; both strings are empty
 * when there is none, which many servers accept.
 * @throws when there is a file that cannot be read.
 */
export async function findXauth(
  env: (name: string) => string | undefined,
  { address, display }: Omit<XauthTarget, "hostname">,
): Promise<{ name: string; data: string }> {
  const home = env("HOME");
  const path = env("XAUTHORITY") || (home && `${home}/.Xauthority`);
  const none = { name: "", data: "" };
  if (!path) return none;
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return none;
    throw new Error(`cannot read "${path}": ${(error as Error).message}`, { cause: error });
  }
  const hostname = Deno.hostname();
  const entry = pickXauthEntry(parseXauthority(bytes), { address, hostname, display });
  return entry ? { name: entry.name, data: entry.data } : none;
}
