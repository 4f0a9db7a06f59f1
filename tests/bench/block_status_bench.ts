// deno-lint-ignore-file no-console -- benchmarks print their figures
/** What the policy side of a block of 150 000 names costs: reading the list, starting, asking how it stands. */
import { join } from "node:path";
import { blockScene } from "../../daemon/testing.ts";
import { readListFile } from "../../daemon/block_lists.ts";
import { wireBlockStatus, wireBlockSummary } from "../../daemon/api/blocker.ts";
import { quantile, report } from "./measure.ts";

const NAMES = 150_000;
const folder = await Deno.makeTempDir();
const path = join(folder, "hosts.txt");
const line = (i: number) => `0.0.0.0 ads-${i}.tracker-${i % 977}.example.com\r\n`;
await Deno.writeTextFile(path, Array.from({ length: NAMES }, (_, i) => line(i)).join(""));

await using scene = await blockScene();
const { service, machine, enforcer } = scene;
console.log(`\nblocks, ${NAMES} names`);
report("read and check a list file", await median(() => readListFile(path)), "ms");
await service.change({ files: [{ name: "ads", path }], allowed: ["tracker-1.example.com"] });
const start = () => service.start({ actor: "user", lists: ["ads"] });
report("block on, up to the writer of the hosts file", await median(start), "ms", 500);
report("names that are blocked", enforcer.block!.domains.length, "names");
const deps = { blocker: service, clock: { ...machine, monoMs: machine.upMs } };
const each = async (name: string, work: () => Promise<unknown>) => {
  const samples: number[] = [];
  for (let i = 0; i < 500; i++) samples.push(await timed(work));
  report(`${name}, median`, quantile(samples, 0.5), "ms", 5);
  report(`${name}, 99 of 100`, quantile(samples, 0.99), "ms", 5);
};
await each("GET /blocker/status", () => wireBlockStatus(deps));
await each("the block of GET /status", () => wireBlockSummary(deps));
await each("a tick of the daemon", () => service.tick());
await each("GET /blocker/history", () => Promise.resolve(service.history(50)));
await Deno.remove(folder, { recursive: true });

async function median(work: () => Promise<unknown>): Promise<number> {
  const samples: number[] = [];
  for (let i = 0; i < 9; i++) samples.push(await timed(work));
  return quantile(samples, 0.5);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
