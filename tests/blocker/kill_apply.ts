/**
 * Writes a scratch hosts file and kills itself at one step of it: the real code, the real signal.
 *
 *     kill_apply.ts <path> <block|replace|lift> <step> <before|after|half> <rename|in place>
 * @module
 */
import { rewriteFile } from "../../daemon/blocker/apply.ts";
import type { HostsBlock } from "../../daemon/blocker/hosts_block.ts";
import { applyBlock, liftBlocks } from "../../daemon/blocker/hosts_file.ts";
import { type HostsIo, systemIo } from "../../daemon/blocker/hosts_io.ts";

const [path, what, stepText, when, way] = Deno.args;
const killAt = Number(stepText);
let step = 0;

function kill(): never {
  Deno.kill(Deno.pid, "SIGKILL");
  // The signal is on its way; nothing more may happen.
  while (true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
}

const io = Object.fromEntries(
  Object.entries(systemIo).map(([name, work]) => [name, (...args: unknown[]) => {
    const isHere = step++ === killAt;
    if (isHere && when === "before") kill();
    if (isHere && when === "half" && args.at(-1) instanceof Uint8Array) {
      const bytes = args.at(-1) as Uint8Array;
      (work as (...args: unknown[]) => unknown)(
        ...args.slice(0, -1),
        bytes.subarray(0, bytes.length >> 1),
      );
      kill();
    }
    if (name === "rename" && way === "in place") throw new Error("busy (os error 16)");
    const result = (work as (...args: unknown[]) => unknown)(...args);
    if (isHere) kill();
    return result;
  }]),
) as unknown as HostsIo;

/** Long enough to lie on several pages of memory. */
export const BLOCK: HostsBlock = {
  id: 2,
  startMs: 1_760_000_000_000,
  endMs: 1_760_000_060_000,
  domains: Array.from({ length: 300 }, (_, i) => `site-${i}.example.com`),
};

if (import.meta.main) {
  if (what === "lift") rewriteFile(io, path, liftBlocks);
  else rewriteFile(io, path, (bytes) => applyBlock(bytes, BLOCK), liftBlocks);
  Deno.stdout.writeSync(new TextEncoder().encode(`done after ${step}`));
}
