// deno-lint-ignore-file no-console -- benchmarks print their figures
/**
 * What a list of 150 000 names costs: in memory, on the disk, and when the state is asked for.
 * @module
 */
import { join } from "node:path";
import { rewriteFile } from "../../daemon/blocker/apply.ts";
import {
  applyBlock,
  liftBlocks,
  markInTail,
  parseHosts,
  TAIL_BYTES,
} from "../../daemon/blocker/hosts_file.ts";
import { readTail, systemIo } from "../../daemon/blocker/hosts_io.ts";
import { liftOverdue } from "../../daemon/blocker/overdue.ts";
import { readRequest, writeRequest } from "../../daemon/blocker/request.ts";
import { quantile, report } from "./measure.ts";

const NAMES = 150_000;
let id = 1;
const domains = Array.from({ length: NAMES }, (_, i) => `ads-${i}.tracker-${i % 977}.example.com`);
const block = { id: 1, startMs: 1_760_000_000_000, endMs: 1_760_003_600_000, domains };
const user = new TextEncoder().encode("127.0.0.1 localhost\n".repeat(50));
const folder = await Deno.makeTempDir();
const path = join(folder, "hosts");

console.log(`\nblocker, ${NAMES} names`);
const applied = applyBlock(user, block);
report("size of the hosts file", applied.length / 1e6, "MB");
report("render", median(() => applyBlock(user, block)), "ms");
report("parse", median(() => parseHosts(applied)), "ms");
Deno.writeFileSync(path, applied);
const tail = () => markInTail(readTail(path, TAIL_BYTES));
report("what stands, read from the file", median(tail), "ms", 5);
const request = writeRequest({
  verb: "block",
  id: 1,
  startMs: block.startMs,
  endMs: block.endMs,
  endConnections: false,
  names: domains,
});
report("read the request of the writer", median(() => readRequest(request, block.startMs)), "ms");
report(
  "read, render, write, fsync, rename, verify",
  median(() => {
    Deno.writeFileSync(path, user);
    rewriteFile(systemIo, path, (bytes) => applyBlock(bytes, block), liftBlocks);
  }),
  "ms",
  500,
);
report(
  "the same, replacing as many",
  median(() => rewriteFile(systemIo, path, (bytes) => applyBlock(bytes, { ...block, id: next() }))),
  "ms",
  500,
);
report(
  "lift them",
  median(() => {
    Deno.writeFileSync(path, applied);
    rewriteFile(systemIo, path, liftBlocks);
  }),
  "ms",
  500,
);
const options = { dataDir: folder, homeDir: folder };
const startMs = performance.now();
for (let i = 0; i < 1_000; i++) await liftOverdue(options);
report("a start with nothing armed", (performance.now() - startMs) / 1_000, "ms", 1);
await Deno.remove(folder, { recursive: true });

function next(): number {
  return ++id;
}

function median(work: () => unknown): number {
  return quantile(
    Array.from({ length: 9 }, () => {
      const startMs = performance.now();
      work();
      return performance.now() - startMs;
    }),
    0.5,
  );
}
