// deno-lint-ignore-file no-console -- benchmarks print their figures
/**
 * What the benchmarks share: percentiles, a process's own figures, and one line per result.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWeb } from "../../tools/build_web.ts";
import { bundleProgram, parseOnce, PRODTRACKER } from "../../tools/bundle.ts";

let bundle: Promise<string> | undefined;

/** The program as it is shipped: the bundle's entry, built once, in a folder of its own. */
export function bundled(): Promise<string> {
  return bundle ??= (async () => {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const folder = await Deno.makeTempDir({ prefix: "prodtracker-bundle-" });
    await bundleProgram({ root, ...PRODTRACKER }, join(folder, "bundle"));
    await parseOnce(join(folder, "bundle"));
    // Beside it, as it is shipped: the dashboard, and the models, which the daemon would fetch anew.
    await buildWeb("stale");
    for (const name of ["web", "models"]) {
      const built = join(root, "dist", name);
      if (await Deno.stat(built).catch(() => undefined)) {
        await Deno.symlink(built, join(folder, name));
      }
    }
    return join(folder, "bundle", "main.js");
  })();
}

/** The value at a share 0..1 of the sorted samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Prints one figure beside its limit, and says so when it is over. */
export function report(name: string, value: number, unit: string, limit?: number): void {
  const shown = `${name.padEnd(58)} ${value.toFixed(2).padStart(10)} ${unit}`;
  const verdict = limit === undefined
    ? ""
    : `   limit ${limit} ${unit}${value > limit ? "   OVER" : ""}`;
  console.log(shown + verdict);
}

/** What the kernel says of a process and its threads (Linux); the program starts no other process. */
export function processFigures(pid: number) {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  let wakeUps = 0, cpuNs = 0;
  for (const { name } of Deno.readDirSync(`/proc/${pid}/task`)) {
    const task = Deno.readTextFileSync(`/proc/${pid}/task/${name}/status`);
    // To the nanosecond; /proc/PID/stat counts in hundredths of a second.
    const [ranNs] = Deno.readTextFileSync(`/proc/${pid}/task/${name}/schedstat`).split(" ");
    cpuNs += Number(ranNs);
    wakeUps += Number(/voluntary_ctxt_switches:\s+(\d+)/.exec(task)?.[1] ?? 0);
  }
  return {
    cpuS: cpuNs / 1e9,
    residentMb: Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024,
    wakeUps,
  };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
