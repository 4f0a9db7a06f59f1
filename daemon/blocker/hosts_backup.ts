/**
 * Copies of the hosts file as it was before a block, in the user's home. They are made by the user's own
 * process, never by root, and never put back by the program: newer edits would be lost.
 * @module
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { liftBlocks } from "./hosts_file.ts";

const KEPT = 10;

/** Copies the user's part of `bytes` into `homeDir`, unless the newest copy is the same. */
export function backUpHosts(homeDir: string, bytes: Uint8Array, nowMs: number): void {
  const folder = join(homeDir, ".pguard_backups");
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copies = Array.from(Deno.readDirSync(folder), ({ name }) => name)
    .filter((name) => /^hosts-\d{8}T\d{9}Z$/.test(name)).toSorted();
  const user = liftBlocks(bytes);
  const newest = copies.at(-1);
  if (newest !== undefined && isSame(Deno.readFileSync(join(folder, newest)), user)) return;
  const name = `hosts-${new Date(nowMs).toISOString().replace(/[-:.]/g, "")}`;
  if (copies.includes(name)) return;
  using file = Deno.openSync(join(folder, name), { write: true, createNew: true, mode: 0o600 });
  for (let at = 0; at < user.length;) at += file.writeSync(user.subarray(at));
  file.syncSync();
  for (const old of copies.slice(0, Math.max(0, copies.length + 1 - KEPT))) {
    Deno.removeSync(join(folder, old));
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
