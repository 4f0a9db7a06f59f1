import assert from "node:assert/strict";
import { cronTimes } from "./cron_times.ts";

/** Asks the clock of a zone: that of a process is set when it starts. */
async function timesIn(
  zone: string,
  questions: readonly [cron: string, from: string, count: number][],
) {
  const code = `
    import { cronTimes } from ${JSON.stringify(import.meta.resolve("./cron_times.ts"))};
    const answers = ${JSON.stringify(questions)}.map(([cron, from, count]) => {
      const found = [];
      for (let ms = Date.parse(from); found.length < count;) {
        ms = cronTimes.next(cron, ms);
        if (cronTimes.latest(cron, ms) !== ms) throw new Error("latest() is not next() at " + ms);
        if (cronTimes.latest(cron, ms - 1) >= ms) throw new Error("latest() is ahead of " + ms);
        found.push(new Date(ms).toISOString().slice(0, 16));
      }
      return found;
    });
    console.log(JSON.stringify(answers));`;
  const { code: exitCode, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--config", new URL("../deno.json", import.meta.url).pathname, code],
    env: { TZ: zone },
    stdout: "piped",
    stderr: "piped",
  }).output();
  assert.equal(exitCode, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout)) as string[][];
}

Deno.test("cronTimes comes once where a clock change skips or repeats a time", async () => {
  const [skipped, list, repeated, evening] = await timesIn("Europe/Berlin", [
    ["30 2 * * *", "2026-03-28T00:00Z", 3],
    ["15 2,14 * * *", "2026-03-28T20:00Z", 3],
    ["30 2 * * *", "2026-10-24T00:00Z", 3],
    ["0 21 * * 1-5", "2026-10-23T00:00Z", 2],
  ]);
  assert.deepEqual(skipped, ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]);
  assert.deepEqual(list, ["2026-03-29T01:00", "2026-03-29T12:15", "2026-03-30T00:15"]);
  assert.deepEqual(repeated, ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"]);
  assert.deepEqual(evening, ["2026-10-23T19:00", "2026-10-26T20:00"]);
});

Deno.test("cronTimes comes once a day in zones with changes of other lengths", async () => {
  for (const zone of ["Australia/Lord_Howe", "America/New_York", "Africa/Casablanca"]) {
    const pattern = "15 2 * * *";
    const [year] = await timesIn(zone, [[pattern, "2026-01-01T20:00Z", 360]]);
    const gaps = year.slice(1).map((time, i) =>
      (Date.parse(`${time}Z`) - Date.parse(`${year[i]}Z`)) / 3_600_000
    );
    assert.ok(gaps.every((hours) => hours >= 22 && hours <= 26), `${zone}: ${gaps}`);
  }
});

Deno.test("cronTimes refuses what is no pattern, in one line that names it", () => {
  for (
    const cron of [
      "",
      "hello",
      "99 * * * *",
      "* * * *",
      "0 0 21 * * 1",
      "0 21 * * 8",
      "*/0 * * * *",
    ]
  ) {
    assert.throws(
      () => cronTimes.next(cron, 0),
      (error: Error) =>
        error instanceof RangeError &&
        error.message.startsWith(`Cannot use the pattern "${cron}": `) &&
        !error.message.includes("\n"),
      cron,
    );
  }
  assert.equal(cronTimes.next("0 0 31 2 *", 0), undefined);
});
