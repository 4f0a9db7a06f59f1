/**
 * Signatures of phones: HMAC-SHA256 over the canonical JSON, or over the raw request.
 * @module
 */
import { createHmac } from "node:crypto";
import { canonicalJson } from "../core/canonical_json.ts";
import type { JsonObject } from "../core/strict_json.ts";

/** Stands for the key of a device that there is not, so that refusing it takes the same work. */
const NOBODY = "0".repeat(64);

/** The fields without those that are not signed, and their two canonical forms. */
export interface Signed {
  /** ASCII, as Python writes it. */
  readonly ascii: string;
  /** With other characters as they are; the same as `ascii` when there are none. */
  readonly utf8: string;
}

/** @throws {RangeError} for a number that canonical JSON cannot write. */
export function signedForm(fields: JsonObject): Signed {
  const rest = new Map(fields);
  rest.delete("signature");
  const ascii = canonicalJson(rest);
  return { ascii, utf8: ascii.includes("\\u") ? canonicalJson(rest, { ascii: false }) : ascii };
}

/**
 * The HMAC-SHA256 of the canonical JSON, in hex: what a heartbeat is known by, however it was signed. For
 * a device that is not known (`secret` absent) it is as much work, and says nothing.
 */
export function digestOf({ ascii }: Signed, secret: string | undefined): string {
  return hmac(ascii, secret);
}

/** Whether `signature` (hex, lower case) is that of the canonical JSON, of which `digest` is known. */
export function isSigned(
  { ascii, utf8 }: Signed,
  signature: string,
  { digest, secret }: { readonly digest: string; readonly secret: string | undefined },
): boolean {
  const isAscii = areEqual(digest, signature);
  const isUtf8 = utf8 !== ascii && areEqual(hmac(utf8, secret), signature);
  return (isAscii || isUtf8) && secret !== undefined;
}

/** The parts of the header `X-Signature: t=<unix seconds>,v1=<hex>`; `undefined` when it has another form. */
export function parseSignatureHeader(
  header: string,
): { readonly t: string; readonly v1: string } | undefined {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header.trim());
  return match ? { t: match[1], v1: match[2] } : undefined;
}

/** Whether `v1` signs `t.METHOD.path.body`. */
export function isRawSigned(
  { t, method, path, body }: { t: string; method: string; path: string; body: string },
  v1: string,
  secret: string | undefined,
): boolean {
  const isRight = areEqual(hmac(`${t}.${method}.${path}.${body}`, secret), v1);
  return isRight && secret !== undefined;
}

/** Whether a device sent its secret itself. */
export function isSame(sent: string, secret: string | undefined): boolean {
  return areEqual(secret ?? NOBODY, sent) && secret !== undefined;
}

function hmac(text: string, secret: string | undefined): string {
  return createHmac("sha256", secret ?? NOBODY).update(text, "utf8").digest("hex");
}

/** In a time that does not tell where they differ. */
function areEqual(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let i = 0; i < expected.length; i++) {
    difference |= expected.charCodeAt(i) ^ given.charCodeAt(i);
  }
  return difference === 0;
}
