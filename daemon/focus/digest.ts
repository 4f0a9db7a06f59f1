/**
 * Digests of files, read piece by piece.
 * @module
 */
import { createHash } from "node:crypto";

const PIECE = 256 * 1024;

/** The digest of the file at `path`, which is never held whole. */
export async function digestOf(
  path: string | URL,
  algorithm: "sha256" | "sha512",
  encoding: "hex" | "base64",
): Promise<string> {
  const hash = createHash(algorithm);
  using file = await Deno.open(path);
  const piece = new Uint8Array(PIECE);
  for (let count = await file.read(piece); count !== null; count = await file.read(piece)) {
    hash.update(piece.subarray(0, count));
  }
  return hash.digest(encoding);
}
