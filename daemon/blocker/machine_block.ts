/**
 * Blocking and unblocking on this machine: the hosts file, the browsers' one setting, the caches.
 * @module
 */
import { dirname } from "node:path";
import { rewriteFile } from "./apply.ts";
import type { BlockMark, HostsBlock } from "./hosts_block.ts";
import { applyBlock, findMark, liftBlocks, markInTail, TAIL_BYTES } from "./hosts_file.ts";
import { type HostsIo, readTail, systemIo } from "./hosts_io.ts";
import { takeLock } from "./lock.ts";
import { endConnections, flushCaches, hostsPath, lockPath, lookUp, relabel } from "./machine.ts";
import {
  CHROMIUM_FILE,
  CHROMIUM_KINDS,
  foundChromium,
  setChromium,
  unsetChromium,
} from "./policy_chromium.ts";
import {
  FIREFOX_POLICIES,
  FIREFOX_SIGNS,
  hasOurPolicy,
  withOurPolicy,
  withoutOurPolicy,
} from "./policy_firefox.ts";

const LOCK_WAIT_MS = 10_000;
/** Connections are ended for so many names at most: each is a look-up. */
const MAX_CUT_NAMES = 64;

/** Blocks; what was ours before is replaced. Browsers first: a name that leaks is looked up again soon. */
export async function blockHere(block: HostsBlock, cut: boolean, io = systemIo): Promise<void> {
  const path = hostsPath();
  const open = cut ? await addressesOf(block.domains.slice(0, MAX_CUT_NAMES)) : [];
  {
    using _lock = await takeLock(lockPath(), LOCK_WAIT_MS);
    rewriteFile(io, path, (bytes) => applyBlock(bytes, block), liftBlocks);
    setPolicies(io);
  }
  await settle(path);
  await endConnections(open);
}

/** Gives back the user's bytes and the browsers their settings; nothing to do is no error. */
export async function liftHere(io = systemIo): Promise<void> {
  const path = hostsPath();
  {
    using _lock = await takeLock(lockPath(), LOCK_WAIT_MS);
    rewriteFile(io, path, liftBlocks);
    unsetPolicies(io);
  }
  await settle(path);
}

/** The mark that stands; `undefined`: nothing of ours, or no hosts file at all. */
export function markHere(): BlockMark | undefined {
  const path = hostsPath();
  try {
    return markInTail(readTail(path, TAIL_BYTES)) ?? findMark(systemIo.read(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function addressesOf(names: readonly string[]): Promise<string[]> {
  return [...new Set((await Promise.all(names.map(lookUp))).flat())];
}

async function settle(path: string): Promise<void> {
  await relabel(path);
  await flushCaches();
}

function setPolicies(io: HostsIo): void {
  if (Deno.build.os !== "linux") return;
  // A setting that cannot be written is for `check` to report: the names are blocked all the same.
  attempt(() => setChromium(io, foundChromium(exists)));
  if (!FIREFOX_SIGNS.some(exists)) return;
  attempt(() => {
    const wanted = withOurPolicy(textOf(FIREFOX_POLICIES));
    if (wanted !== undefined) writeFirefox(io, wanted);
  });
}

function unsetPolicies(io: HostsIo): void {
  if (Deno.build.os !== "linux") return;
  attempt(() => unsetChromium(io));
  attempt(() => {
    const text = textOf(FIREFOX_POLICIES);
    if (text === undefined) return;
    const left = withoutOurPolicy(text);
    if (left === undefined) io.remove(FIREFOX_POLICIES);
    else if (left !== text) writeFirefox(io, left);
  });
}

function writeFirefox(io: HostsIo, text: string): void {
  const bytes = new TextEncoder().encode(text);
  if (textOf(FIREFOX_POLICIES) !== undefined) {
    rewriteFile(io, FIREFOX_POLICIES, () => bytes);
    return;
  }
  Deno.mkdirSync(dirname(FIREFOX_POLICIES), { recursive: true, mode: 0o755 });
  io.create(FIREFOX_POLICIES, bytes);
  io.chmod(FIREFOX_POLICIES, 0o644);
}

function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch { /* `check` looks at what stands there */ }
}

/** Whether a browser still has our setting. */
export function policiesLeft(): boolean {
  if (Deno.build.os !== "linux") return false;
  return CHROMIUM_KINDS.some(({ policies }) => exists(`${policies}/${CHROMIUM_FILE}`)) ||
    hasOurPolicy(textOf(FIREFOX_POLICIES) ?? "");
}
