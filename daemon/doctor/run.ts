/**
 * Runs checks side by side, and tells of them in order; one that fails or hangs keeps no other from being told.
 * @module
 */
import type { Check } from "./check.ts";

type Found = Check | undefined | Iterable<Check | undefined> | AsyncIterable<Check | undefined>;

/** One job: a check, or a few that belong together. */
export interface CheckJob {
  readonly group: string;
  /** Of the check that is told of when it fails or hangs. */
  readonly name: string;
  /** How long it may take, in milliseconds. @default 8 000 */
  readonly limitMs?: number;
  /** What a hang means. @default "warn" */
  readonly onHang?: "warn" | "fail";
  /** Aborts when the time is over. */
  run(signal: AbortSignal): Found | Promise<Found>;
}

const LIMIT_MS = 8_000;
/** How many run at once: most of them wait for somebody else. */
const AT_ONCE = 6;

/** Every check of every job, in the order of the jobs. */
export async function* runJobs(
  jobs: readonly CheckJob[],
  onWait: (name: string) => void = () => {},
): AsyncGenerator<Check> {
  const results = jobs.map(() => Promise.withResolvers<readonly Check[]>());
  let next = 0;
  const work = async () => {
    while (next < jobs.length) {
      const at = next++;
      results[at].resolve(await resultOf(jobs[at]));
    }
  };
  const working = Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const [i, { group, name }] of jobs.entries()) {
    onWait(name);
    for (const check of await results[i].promise) yield { group, ...check };
  }
  await working;
}

/** What a job found, in time; never rejects. */
async function resultOf(job: CheckJob): Promise<readonly Check[]> {
  const { name, limitMs = LIMIT_MS, onHang = "warn" } = job;
  const stop = new AbortController();
  const found: Check[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() =>
      resolve({
        name,
        status: onHang,
        detail: `no answer in ${limitMs / 1000} s: what it asks hangs`,
        remedy: "see what keeps it, and run doctor again",
      }), limitMs);
  });
  const done = collect(job, stop.signal, found).catch((error): Check => ({
    name,
    status: "fail",
    detail: `the check itself failed: ${(error as Error)?.message ?? error}`,
    remedy: "run doctor again; if it stays so, it is a bug of this program",
  }));
  const trouble = await Promise.race([done, late]);
  clearTimeout(timer);
  stop.abort();
  // What it found before stays true.
  return trouble ? [...found, trouble] : [...found];
}

async function collect(job: CheckJob, signal: AbortSignal, found: Check[]): Promise<undefined> {
  // Not in this turn: a check that works without waiting must not hold up those before it.
  await Promise.resolve();
  const result = await job.run(signal);
  if (result === undefined) return;
  if (!(Symbol.iterator in result || Symbol.asyncIterator in result)) {
    found.push(result);
    return;
  }
  for await (const check of result) if (check) found.push(check);
}
