/**
 * The hash that stands for a title, under a key of this installation: without the key nobody can try titles
 * until one fits. `node:crypto` hashes at once, as a window's title has to be; it costs 3 MB, so it is loaded only
 * when a rule hashes.
 * @module
 */
import { join } from "node:path";
import type { TitleHasher } from "../core/privacy_filter.ts";
import { keptSecret } from "./files.ts";

/** Of the 16 digits so many are the title's; the others tell a hash from a title that looks like one. */
const TITLE_DIGITS = 12;
const CHECK_DIGITS = 4;

/** The file of the key, which is made when it is missing. */
export function privacyKeyPath(dataDir: string): string {
  return join(dataDir, "privacy_key");
}

/** @throws {FatalError} when the key cannot be read or kept. */
export async function openTitleHasher(dataDir: string): Promise<TitleHasher> {
  const key = keptSecret(privacyKeyPath(dataDir));
  const { createHmac } = await import("node:crypto");
  const hmac = (kind: string, text: string) =>
    createHmac("sha256", key).update(`${kind}\0${text}`).digest("hex");
  const checked = (digits: string) => `#${digits}${hmac("check", digits).slice(0, CHECK_DIGITS)}`;
  return {
    hash: (title) => checked(hmac("title", title).slice(0, TITLE_DIGITS)),
    isHash: (text) =>
      /^#[0-9a-f]{16}$/.test(text) && checked(text.slice(1, 1 + TITLE_DIGITS)) === text,
  };
}
