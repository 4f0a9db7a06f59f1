import assert from "node:assert/strict";
import type { Check } from "./check.ts";
import { type CheckJob, runJobs } from "./run.ts";

const ok = (name: string): Check => ({ name, status: "ok", detail: "well" });
const job = (name: string, run: CheckJob["run"], more: Partial<CheckJob> = {}): CheckJob => ({
  ...{ group: "G", name, run },
  ...more,
});

Deno.test("runJobs() runs side by side and tells in order, whatever comes first", async () => {
  const first = Promise.withResolvers<Check>();
  const begun: string[] = [], waited: string[] = [];
  const jobs = [
    job("slow", () => (begun.push("slow"), first.promise)),
    job("quick", () => {
      begun.push("quick");
      first.resolve(ok("slow"));
      return ok("quick");
    }),
    job("several", async function* () {
      yield ok("one");
      await Promise.resolve();
      yield ok("two");
    }),
    job("none", () => []),
  ];
  const checks = await Array.fromAsync(runJobs(jobs, (name) => waited.push(name)));
  assert.deepEqual(checks.map(({ name }) => name), ["slow", "quick", "one", "two"]);
  assert.deepEqual(begun, ["slow", "quick"]);
  assert.deepEqual(waited, ["slow", "quick", "several", "none"]);
  assert.ok(checks.every(({ group }) => group === "G"));
});

Deno.test("runJobs() says what failed and what hung, and goes on", async () => {
  let wasAborted = false;
  const hangs = (signal: AbortSignal) => {
    signal.addEventListener("abort", () => wasAborted = true);
    return new Promise<Check>(() => {});
  };
  const jobs = [
    job("throws", () => {
      throw new Error("no such thing");
    }),
    job("hangs", hangs, { limitMs: 20 }),
    job("must not hang", async function* () {
      yield ok("before");
      await new Promise(() => {});
    }, { limitMs: 20, onHang: "fail" }),
    job("last", () => ok("last")),
  ];
  const checks = await Array.fromAsync(runJobs(jobs));
  const told = checks.map(({ name, status, detail }) => `${name} ${status}: ${detail}`);
  assert.deepEqual(told, [
    "throws fail: the check itself failed: no such thing",
    "hangs warn: no answer in 0.02 s: what it asks hangs",
    "before ok: well",
    "must not hang fail: no answer in 0.02 s: what it asks hangs",
    "last ok: well",
  ]);
  assert.ok(wasAborted);
});
