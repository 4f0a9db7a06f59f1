/**
 * Addresses of mail, and telephone numbers, as settings have them.
 * @module
 */

/** Somebody's address, and the name that is shown with it. */
export interface Mailbox {
  readonly name?: string;
  readonly address: string;
}

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_PART = new RegExp(`^${ATOM}(\\.${ATOM})*$`, "i");
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?$/;
const MAX_ADDRESS_CHARS = 254;
const MAX_LOCAL_CHARS = 64;

/**
 * An address `name@example.org`, its domain in ASCII and small letters; `undefined`: it is none. A local part with
 * other letters than ASCII's is none here, as few servers take it.
 */
export function parseAddress(text: string): string | undefined {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  const given = text.slice(at + 1);
  if (at < 1 || local.length > MAX_LOCAL_CHARS || !LOCAL_PART.test(local)) return undefined;
  if (/[/?#\\%:\s[\]]/.test(given)) return undefined;
  const domain = URL.parse(`http://${given}/`)?.hostname;
  // A number alone would be read as an IPv4 address.
  if (!domain || /^[\d.]+$/.test(domain)) return undefined;
  if (!domain.split(".").every((label) => LABEL.test(label))) return undefined;
  const address = `${local}@${domain}`;
  return address.length <= MAX_ADDRESS_CHARS ? address : undefined;
}

/** `name@example.org` or `Name <name@example.org>`; `undefined`: it is neither. */
export function parseMailbox(text: string): Mailbox | undefined {
  const trimmed = text.trim();
  const [, shown, inner] = /^([^<>]*)<([^<>]*)>$/.exec(trimmed) ?? [];
  const address = parseAddress((inner ?? trimmed).trim());
  if (address === undefined) return undefined;
  const name = (shown ?? "").trim().replace(/^"(.*)"$/, "$1").trim();
  return name === "" ? { address } : { name, address };
}

/** Addresses between commas, each once; `undefined`: one of them is none, or there is none. */
export function parseRecipients(text: string, maxCount: number): readonly string[] | undefined {
  const addresses = new Map<string, string>();
  for (const part of text.split(",").map((part) => part.trim())) {
    if (part === "") continue;
    const address = parseAddress(part);
    if (address === undefined) return undefined;
    // Every server of today takes "Me" and "me" for the same.
    const key = address.toLowerCase();
    if (!addresses.has(key)) addresses.set(key, address);
  }
  return addresses.size > 0 && addresses.size <= maxCount ? [...addresses.values()] : undefined;
}

/** `+` and up to 15 digits, without what is put between them to be read; `undefined`: it is no such number. */
export function parsePhoneNumber(text: string): string | undefined {
  const number = text.replaceAll(/[ ().-]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}
