/**
 * Random texts, digests and comparisons by Web Crypto: `node:crypto` would cost 3 MB of memory.
 * @module
 */

/** `bytes` random bytes as lower-case hex. */
export function randomHex(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}

/** The SHA-256 digest of a text's UTF-8. */
export async function sha256(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/**
 * Whether two texts are equal, in a time that tells nothing about where they differ: their digests are
 * compared, all of them.
 */
export async function equalSecrets(a: string, b: string): Promise<boolean> {
  const [digestA, digestB] = await Promise.all([sha256(a), sha256(b)]);
  let difference = 0;
  for (let i = 0; i < digestA.length; i++) difference |= digestA[i] ^ digestB[i];
  return difference === 0;
}
