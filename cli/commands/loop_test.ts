import assert from "node:assert/strict";
import type { WireLoop, WireLoopStep } from "../../daemon/api/loop.ts";
import { loopLines } from "../loop_view.ts";
import { Cli } from "../testing.ts";
import { displayWidth, withoutColours } from "../text.ts";

const rule = (minutes: number, block = false) => ({
  ...{ on: true, minutes },
  steps: { nudge: true, stronger: true, block },
});
const LOOP: WireLoop = {
  config: {
    on: true,
    rules: {
      noise: { ...rule(10, true), of_minutes: 15 },
      phone: rule(5),
      unfocused: { ...rule(2), on: false },
      budget: rule(30),
    },
    ...{ stronger_after_minutes: 5, block_after_minutes: 5, again_after_minutes: 30 },
    ...{ cooldown_minutes: 5, clear_minutes: 5, snooze_minutes: 5, spares_meetings: true },
    block: { minutes: 15, most_a_day: 4, lists: ["social"], domains: ["example.com"] },
    quiet: { from: "22:00", to: "07:00", days: ["mon"] },
  },
  now: {
    nudge: {
      ...{ id: 3, at: "2026-01-15T12:00:00.000Z", rule: "noise", step: "stronger" },
      explanation: "12 of 15 minutes on reddit.com\x1b[2J",
      ...{ snooze_minutes: 5, can_block: true },
    },
    snoozed_until: null,
    held_by: null,
  },
  evidence: {
    noise_today_seconds: 720,
    blocks_today: 0,
    rules: [{
      ...{ rule: "noise", holds: true, seconds: 720, wanted_seconds: 600 },
      explanation: "12 of 15 minutes of noise, 7 of them on a site with a very long name",
    }],
  },
};
const STEP: WireLoopStep = {
  ...{ id: 1, at: "2026-01-15T12:00:00.000Z", rule: "noise", step: "nudge", outcome: "taken" },
  ...{ explanation: "12 of 15 minutes on reddit.com", reason: null, answer: "snoozed" },
  ...{ answered: null, block_id: null },
};
const STEPS: WireLoopStep[] = [
  STEP,
  { ...STEP, outcome: "held", reason: "quiet hours until 07:00", answer: null },
  { ...STEP, step: "block", outcome: "failed", reason: "Cannot block: no right", answer: null },
];
const options = { nowMs: Date.parse("2026-01-15T12:01:00.000Z"), isRunning: true };

function lines(loop: WireLoop, steps: readonly WireLoopStep[], width: number): string[] {
  const made = loopLines(loop, steps, { ...options, width });
  for (const line of made) {
    assert.ok(displayWidth(line) <= width, `wider than ${width}: ${line}`);
    assert.ok(!withoutColours(line).includes("\x1b"));
  }
  return made.map(withoutColours);
}

Deno.test("loop shows what it says, its rules, what is set and what it did", () => {
  const text = lines(LOOP, STEPS, 120).join("\n");
  assert.match(text, /^Nudged at \d\d:\d\d: 12 of 15 minutes on reddit.com/);
  assert.match(text, /^noise +10 of 15 min +on +on +on +12 of 15 minutes of noise, 7 of/m);
  assert.match(text, /^unfocused +2 min of a session +off +off +off$/m);
  assert.match(text, /at most 4 a day: the list social, example.com$/m);
  assert.match(text, /^Quiet from 22:00 to 07:00 on mon$/m);
  assert.match(text, /nudge +noise +12 of 15 minutes on reddit.com +more time$/m);
  assert.match(text, /held back: quiet hours until 07:00$/m);
  assert.match(text, /failed\n {4}Cannot block: no right$/m);
});

Deno.test("loop fits a narrow terminal", () => {
  for (const width of [100, 80, 64, 60]) lines(LOOP, STEPS, width);
});

Deno.test("loop says when it is off, quiet, held back, or has nobody to do it", () => {
  const first = (change: Partial<WireLoop["now"]>, more: Partial<WireLoop["config"]> = {}) =>
    lines(
      { ...LOOP, config: { ...LOOP.config, ...more }, now: { ...LOOP.now, ...change } },
      [],
      100,
    )[0];
  assert.match(first({}, { on: false }), /^Off: nothing nudges and nothing blocks$/);
  assert.match(first({ nudge: null }), /^On; there is nothing to say now$/);
  const until = { nudge: null, snoozed_until: "2026-01-15T12:31:00.000Z" };
  assert.match(first(until), /^Quiet until \d\d:\d\d, for 30 min$/);
  assert.match(first({ nudge: null, held_by: "a meeting (Zoom)" }), /^Held back: a meeting/);
  const alone = loopLines(LOOP, [], { ...options, width: 80, isRunning: false });
  assert.match(alone[0], /No daemon runs/);
});

Deno.test("loop sets what it is told to, on the data of no daemon, and refuses the rest", async () => {
  using cli = new Cli();
  const loop = async (...args: string[]) => {
    const { code, stdout, stderr } = await cli.run(["loop", ...args, "--json"]);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  };
  const { config } = await loop("set", "noise", "--minutes", "8", "--of", "20") as WireLoop;
  assert.deepEqual([config.rules.noise.minutes, config.rules.noise.of_minutes], [8, 20]);
  assert.equal(config.rules.noise.steps.block, false);
  await loop("block", "on", "noise", "--minutes", "10", "--most", "2", "--list", "social");
  await loop("off", "phone");
  await loop("off", "unfocused", "--step", "stronger");
  await loop("pace", "--stronger", "3", "--again", "0");
  await loop("quiet", "22:00-7:00", "--days", "fri-mon");
  await loop("meetings", "off");
  const snoozed = await loop("snooze", "1h30m");
  const leftMs = Date.parse(snoozed.snoozed_until) - Date.now();
  assert.ok(leftMs > 89 * 60_000 && leftMs <= 90 * 60_000);
  const set = await loop() as WireLoop;
  assert.deepEqual(set.config, {
    ...config,
    rules: {
      ...config.rules,
      noise: { ...config.rules.noise, steps: { nudge: true, stronger: true, block: true } },
      phone: { ...config.rules.phone, on: false },
      unfocused: {
        ...config.rules.unfocused,
        steps: { nudge: true, stronger: false, block: false },
      },
    },
    ...{ stronger_after_minutes: 3, again_after_minutes: 0, spares_meetings: false },
    block: { minutes: 10, most_a_day: 2, lists: ["social"], domains: [] },
    quiet: { from: "22:00", to: "07:00", days: ["mon", "fri", "sat", "sun"] },
  });
  assert.equal(set.now.snoozed_until, snoozed.snoozed_until);
  assert.equal((await loop("snooze", "off")).snoozed_until, null);
  assert.deepEqual(await loop("history"), []);
  for (
    const [args, said] of [
      [["set", "noise", "--minutes", "30", "--of", "15"], /noise for 30 of 15 minutes cannot be/],
      [["set", "phone", "--minutes", "3", "--of", "5"], /--of belongs to the rule noise/],
      [["set", "noise"], /--minutes/],
      [["block", "on", "--list", "nosuch"], /there is no list "nosuch"/],
      [["block", "on", "--domains", "1.2.3.4"], /"1.2.3.4" is no site's name/],
      [["block", "on", "--most", "0"], /1 to 50/],
      [["quiet", "25:00-07:00"], /HH:MM/],
      [["quiet", "22:00"], /22:00-07:00/],
      [["snooze", "0"], /30m/],
      [["off", "nosuch"], /noise, phone, unfocused, budget/],
    ] as const
  ) {
    const { code, stderr } = await cli.run(["loop", ...args]);
    assert.equal(code, 2, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, said);
    assert.equal(stderr.trim().split("\n").length, 1);
  }
  const text = await cli.run(["loop"]);
  assert.match(text.stdout, /No daemon runs that would nudge/);
});
