import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type Act, MIN, NOON_MS, Scene } from "../../tests/loop/scene.ts";
import { DEFAULT_LOOP, type LoopConfig, type LoopRule, type LoopStep } from "./loop_config.ts";
import { WEEKDAYS } from "./block_schedule.ts";
import { unfocusedRunMs } from "./loop_evidence.ts";

/** The loop with some rules only, changed. */
function only(rules: readonly LoopRule[], change: Partial<LoopConfig> = {}): LoopConfig {
  const entries = Object.entries(DEFAULT_LOOP.rules)
    .map(([name, rule]) => [name, { ...rule, isOn: rules.includes(name as LoopRule) }]);
  return { ...DEFAULT_LOOP, rules: Object.fromEntries(entries), ...change };
}

/** With these steps in every rule. */
function stepping(config: LoopConfig, ...steps: readonly LoopStep[]): LoopConfig {
  const chosen = {
    nudge: steps.includes("nudge"),
    stronger: steps.includes("stronger"),
    block: steps.includes("block"),
  };
  const rules = Object.entries(config.rules)
    .map(([name, rule]) => [name, { ...rule, steps: chosen }]);
  return { ...config, rules: Object.fromEntries(rules) };
}

const NOISE = only(["noise"]);
const BLOCKING = stepping(NOISE, "nudge", "stronger", "block");
const quiet = (from: number, to: number) => ({
  quiet: { fromMin: from * 60, toMin: to * 60, days: WEEKDAYS },
});

interface Case {
  readonly name: string;
  readonly config?: LoopConfig;
  readonly acts: readonly Act[];
  readonly said: readonly string[];
  readonly noiseBeforeMs?: number;
  readonly forbidden?: boolean;
}

const CASES: readonly Case[] = [
  {
    name: "nudges, and once more after five minutes",
    acts: [["reddit.com", 25]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "says nothing a moment before",
    acts: [["reddit.com", 9.9], ["work", 30]],
    said: [],
  },
  {
    name: "says nothing to somebody who is back at work already",
    acts: [["reddit.com", 9.9], ["work", 5.2], ["nothing", 0.2], ["work", 10]],
    said: [],
  },
  {
    name: "counts noise in pieces, and names what most of it was",
    acts: [["reddit.com", 5], ["work", 3], ["YouTube", 3], ["work", 1], ["reddit.com", 3]],
    said: ["14:00 nudge noise: 10 of 15 minutes of noise, 7 of them on reddit.com"],
  },
  {
    name: "lets it be over when it is over for five minutes, and does not count it again",
    acts: [["reddit.com", 11], ["work", 6], ["reddit.com", 9], ["work", 1], ["reddit.com", 2]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "28:00 nudge noise: 10 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "goes on with an episode after a shorter pause",
    acts: [["reddit.com", 11], ["work", 4], ["reddit.com", 3]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:10 stronger noise: 11 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "repeats the stronger one every half an hour, and never when that is 0",
    acts: [["reddit.com", 80]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
      "45:00 stronger noise: 15 of 15 minutes on reddit.com",
      "75:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "does not repeat what is not to be repeated",
    config: { ...NOISE, againAfterMinutes: 0 },
    acts: [["reddit.com", 80]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "blocks after both nudges when that is switched on, and counts anew after it",
    config: BLOCKING,
    acts: [["reddit.com", 21], ["work", 19], ["reddit.com", 11]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
      "20:00 block noise: 15 of 15 minutes on reddit.com",
      "50:00 nudge noise: 10 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "blocks after the one nudge that there is",
    config: stepping(NOISE, "nudge", "block"),
    acts: [["reddit.com", 16]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 block noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "never blocks without a nudge",
    config: stepping(NOISE, "block"),
    acts: [["reddit.com", 60]],
    said: [],
  },
  {
    name: "does not block somebody who stopped after the second nudge",
    config: BLOCKING,
    acts: [["reddit.com", 16], ["work", 60]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "blocks no more often a day than allowed, says so once, and nudges on",
    config: {
      ...BLOCKING,
      block: { ...BLOCKING.block, mostADay: 1 },
      againAfterMinutes: 10,
    },
    acts: [["reddit.com", 20], ["work", 15], ["reddit.com", 31]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
      "20:00 block noise: 15 of 15 minutes on reddit.com",
      "45:00 nudge noise: 10 of 15 minutes on reddit.com",
      "50:00 stronger noise: 15 of 15 minutes on reddit.com",
      "55:00 block noise: 15 of 15 minutes on reddit.com held (1 of 1 blocks a day are used up)",
      "60:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "does not try a block again that was refused, until it is over",
    config: BLOCKING,
    forbidden: true,
    acts: [["reddit.com", 60], ["work", 5.2], ["reddit.com", 10.1]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
      "20:00 block noise: 15 of 15 minutes on reddit.com",
      "75:12 nudge noise: 10 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "gives five more minutes, and then says the stronger",
    acts: [["reddit.com", 11], ["snooze", 5], ["reddit.com", 10]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "16:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "repeats the stronger one after more time, before it blocks",
    config: BLOCKING,
    acts: [["reddit.com", 16], ["snooze", 8], ["reddit.com", 14]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
      "24:00 stronger noise: 15 of 15 minutes on reddit.com",
      "29:00 block noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "is quiet while it is told to be, and goes on when that is taken back",
    acts: [["snooze", 60], ["reddit.com", 20], ["snooze", 0], ["reddit.com", 1]],
    said: ["20:10 nudge noise: 15 of 15 minutes on reddit.com"],
  },
  {
    name: "takes a nudge that was clicked away for heard, and goes on",
    acts: [["reddit.com", 11], ["dismiss"], ["reddit.com", 5]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "tells of a phone by its app and its name",
    config: only(["phone"]),
    acts: [["TikTok@pixel", 5.1], ["work", 1], ["TikTok@pixel", 6]],
    said: [
      "5:00 nudge phone: 5 minutes of TikTok on the phone pixel",
      "10:01 stronger phone: 9 minutes of TikTok on the phone pixel",
    ],
  },
  {
    name: "begins anew with a phone that was put away for over a minute",
    config: only(["phone"]),
    acts: [["TikTok@pixel", 4], ["work", 2], ["Reddit@pixel", 4]],
    said: [],
  },
  {
    name: "tells of a phone with two apps",
    config: only(["phone"]),
    acts: [["TikTok@pixel", 3], ["Reddit@pixel", 2.1]],
    said: ["5:00 nudge phone: 5 minutes of TikTok and other noise on the phone pixel"],
  },
  {
    name: "tells of a session in which nobody looks at the screen",
    config: only(["unfocused"]),
    acts: [["focused", 10], ["unfocused", 1], ["focused", 0.05], ["unfocused", 2]],
    said: ["12:03 nudge unfocused: 2 minutes unfocused in this session"],
  },
  {
    name: "says nothing of a session when somebody looks up, is gone, or has ended it",
    config: only(["unfocused"]),
    acts: [
      ["unfocused", 1.9],
      ["focused", 1],
      ["unfocused", 1.9],
      ["no face", 1],
      ["unfocused", 1.5],
      ["no face", 0.05],
      ["unfocused", 1.5],
      ["work", 5],
    ],
    said: [],
  },
  {
    name: "tells of the budget, and again when a third more is spent",
    config: only(["budget"]),
    noiseBeforeMs: 26 * MIN,
    acts: [["reddit.com", 4.1], ["work", 6], ["reddit.com", 9.8], ["work", 1], ["9gag.com", 0.5]],
    said: [
      "4:00 nudge budget: 30 minutes of noise today, your budget is 30",
      "21:09 nudge budget: 40 minutes of noise today, your budget is 30",
    ],
  },
  {
    name: "tells of one thing at a time, the rest with it",
    config: DEFAULT_LOOP,
    noiseBeforeMs: 22 * MIN,
    acts: [["TikTok@pixel", 5], ["reddit.com", 24]],
    said: [
      "5:00 nudge phone: 5 minutes of TikTok on the phone pixel",
      "10:00 nudge noise: 10 of 15 minutes of noise, 5 of them on TikTok",
      "15:00 stronger noise: 15 of 15 minutes of noise, 10 of them on reddit.com",
    ],
  },
  {
    name: "prefers the block of one rule to the nudge of another",
    config: { ...stepping(only(["noise", "phone"]), "nudge", "block"), cooldownMinutes: 1 },
    acts: [["reddit.com", 10], ["TikTok@pixel", 5.1]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 block noise: 15 of 15 minutes of noise, 10 of them on reddit.com",
    ],
  },
  {
    name: "does not count for a second nudge what it was over with, however far it looks back",
    config: {
      ...NOISE,
      rules: { ...NOISE.rules, noise: { ...NOISE.rules.noise, ofMinutes: 30 } },
    },
    acts: [["reddit.com", 11], ["work", 6], ["reddit.com", 9.8]],
    said: ["10:00 nudge noise: 10 of 30 minutes on reddit.com"],
  },
  {
    name: "looks as often as a short pause asks for",
    config: { ...NOISE, clearMinutes: 0.15 },
    acts: [["reddit.com", 16]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "comes back when more time is over, and not later",
    config: { ...NOISE, cooldownMinutes: 1 },
    acts: [["reddit.com", 11], ["snooze", 2], ["reddit.com", 3]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "13:00 stronger noise: 13 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "comes back when more time is over, also after a restart",
    config: { ...NOISE, cooldownMinutes: 1 },
    acts: [["reddit.com", 11], ["snooze", 2], ["restart"], ["reddit.com", 3]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "13:00 stronger noise: 13 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "begins anew after a restart with what began after a pause",
    acts: [["reddit.com", 11], ["work", 6], ["reddit.com", 1], ["restart"], ["reddit.com", 9.1]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "27:00 nudge noise: 10 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "keeps its peace over a restart",
    config: only(["noise", "phone"]),
    acts: [["reddit.com", 8], ["TikTok@pixel", 3], ["restart"], ["TikTok@pixel", 5]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes of noise, 8 of them on reddit.com",
    ],
  },
  {
    name: "knows after a restart what else was told with the last step",
    config: only(["noise", "budget"]),
    noiseBeforeMs: 20 * MIN,
    acts: [["reddit.com", 11], ["restart"], ["reddit.com", 12]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "takes after a restart for told only what held when the last step came",
    config: only(["noise", "budget"]),
    noiseBeforeMs: 21 * MIN,
    acts: [["reddit.com", 11], ["restart"], ["reddit.com", 9]],
    said: [
      "9:00 nudge budget: 30 minutes of noise today, your budget is 30",
      "14:00 stronger budget: 35 minutes of noise today, your budget is 30",
      "19:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "minds no clock that was set back while it did not run",
    acts: [["reddit.com", 11], ["clock", -60], ["restart"], ["reddit.com", 11]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "21:00 nudge noise: 10 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "keeps its peace between two steps",
    config: { ...NOISE, strongerAfterMinutes: 1, cooldownMinutes: 7 },
    acts: [["reddit.com", 30]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "17:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "says nothing in quiet hours, and notes once what it held back",
    config: { ...NOISE, ...quiet(11, 13) },
    acts: [["reddit.com", 59], ["work", 20]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com held (quiet hours until 13:00)",
    ],
  },
  {
    name: "says after the quiet hours what still holds",
    config: { ...NOISE, ...quiet(23, 13) },
    acts: [["reddit.com", 62]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com held (quiet hours until 13:00)",
      "60:00 nudge noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "says nothing of a phone in a meeting",
    config: only(["phone"]),
    acts: [["TikTok@pixel", 4.9], ["meeting", 0.3], ["TikTok@pixel", 4]],
    said: ["5:22 nudge phone: 5 minutes of TikTok on the phone pixel"],
  },
  {
    name: "says nothing while somebody speaks",
    acts: [["speaking YouTube", 20], ["YouTube", 1]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on YouTube held (a microphone is in use (Firefox))",
      "20:10 nudge noise: 15 of 15 minutes on YouTube",
    ],
  },
  {
    name: "speaks in meetings to who wants it to",
    config: { ...NOISE, sparesMeetings: false },
    acts: [["speaking YouTube", 10.1]],
    said: ["10:00 nudge noise: 10 of 15 minutes on YouTube"],
  },
  {
    name: "says nothing while a block runs",
    config: only(["phone"]),
    acts: [["work", 1], ["TikTok@pixel", 4.9], ["blocked", 0.2], ["work", 5]],
    said: [],
  },
  {
    name: "is silent when it is off, and so is a rule",
    config: { ...BLOCKING, isOn: false },
    acts: [["reddit.com", 60]],
    said: [],
  },
  { name: "is silent without rules", config: only([]), acts: [["reddit.com", 60]], said: [] },
  {
    name: "does not count what was before somebody was away",
    acts: [["reddit.com", 11], ["away", 20], ["reddit.com", 9]],
    said: ["10:00 nudge noise: 10 of 15 minutes on reddit.com"],
  },
  {
    name: "lets a night go by asleep",
    acts: [["reddit.com", 11], ["sleep", 480], ["reddit.com", 10.1]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "501:00 nudge noise: 10 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "does not say it again after a restart, and knows how far it got",
    config: BLOCKING,
    acts: [
      ["reddit.com", 11],
      ["restart"],
      ["reddit.com", 5],
      ["restart"],
      ["nothing", 1],
      ["restart"],
      ["reddit.com", 4],
    ],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "15:00 stronger noise: 15 of 15 minutes on reddit.com",
      "20:00 block noise: 14 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "takes what was over before a restart for over",
    acts: [["reddit.com", 11], ["work", 6], ["restart"], ["reddit.com", 10.1]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "27:00 nudge noise: 10 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "knows after a restart what it was held back from, and that more time was asked for",
    config: { ...NOISE, ...quiet(11, 13) },
    acts: [["reddit.com", 11], ["restart"], ["reddit.com", 20]],
    said: ["10:00 nudge noise: 10 of 15 minutes on reddit.com held (quiet hours until 13:00)"],
  },
  {
    name: "is quiet after a restart for as long as it was to be",
    acts: [["reddit.com", 11], ["snooze", 10], ["restart"], ["reddit.com", 12]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "21:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
  {
    name: "does not tell of the budget again after a restart, nor of the rest that was told",
    config: DEFAULT_LOOP,
    noiseBeforeMs: 40 * MIN,
    acts: [["work", 1], ["reddit.com", 1], ["restart"], ["reddit.com", 3], ["work", 6], [
      "restart",
    ], ["reddit.com", 4]],
    said: ["1:05 nudge budget: 40 minutes of noise today, your budget is 30"],
  },
  {
    name: "minds neither a clock set back nor one set forward",
    acts: [
      ["reddit.com", 11],
      ["clock", -60],
      ["work", 1],
      ["reddit.com", 4],
      ["clock", 120],
      ["reddit.com", 4],
      ["work", 30],
    ],
    said: ["10:00 nudge noise: 10 of 15 minutes on reddit.com"],
  },
  {
    name: "keeps its peace for as long when the clock is set",
    acts: [["snooze", 20], ["clock", 60], ["reddit.com", 21], ["clock", -120], ["reddit.com", 1]],
    said: ["20:00 nudge noise: 15 of 15 minutes on reddit.com"],
  },
];

for (const { name, config = NOISE, acts, said, noiseBeforeMs, forbidden } of CASES) {
  Deno.test(`decide() ${name}`, () => {
    const scene = new Scene(config, noiseBeforeMs);
    scene.isForbidden = forbidden ?? false;
    assert.deepEqual(scene.play(acts).lines, said);
  });
}

Deno.test("decide() shows a nudge until it is answered or over", () => {
  const scene = new Scene(NOISE).play([["reddit.com", 10.5]]);
  assert.equal(scene.state.shown?.step, "nudge");
  assert.equal(scene.play([["work", 4]]).state.shown?.step, "nudge");
  assert.equal(scene.play([["work", 2]]).state.shown, undefined);
  scene.play([["reddit.com", 10.5]]);
  assert.ok(scene.state.shown);
  assert.equal(scene.play([["dismiss"], ["reddit.com", 1]]).state.shown, undefined);
});

Deno.test("decide() shows a block as long as it runs", () => {
  const scene = new Scene(BLOCKING).play([["reddit.com", 22], ["work", 12]]);
  assert.equal(scene.state.shown?.step, "block");
  assert.equal(scene.play([["work", 2]]).state.shown, undefined);
});

Deno.test("decide() shows after a restart what it showed before", () => {
  const scene = new Scene(NOISE).play([["reddit.com", 11], ["restart"]]);
  assert.equal(scene.state.shown?.explanation, "10 of 15 minutes on reddit.com");
  assert.equal(scene.play([["dismiss"], ["restart"]]).state.shown, undefined);
});

Deno.test("somebody who looks up this moment is not unfocused any more", () => {
  const at = (fromS: number, toS: number, state: "focused" | "unfocused" | "uncertain") => ({
    ...{ startMs: NOON_MS + fromS * 1000, endMs: NOON_MS + toS * 1000, state },
  });
  const run = (...focus: ReturnType<typeof at>[]) => {
    const evidence = { timeline: [], noiseTodayMs: 0, isAway: false, blocksToday: 0, focus };
    return unfocusedRunMs(evidence, -Infinity, NOON_MS + 130_000) / 1000;
  };
  const away = at(0, 120, "unfocused");
  assert.equal(run(away), 120);
  assert.equal(run(away, at(120, 122, "focused")), 0);
  assert.equal(run(away, at(120, 122, "uncertain")), 122);
  assert.equal(run(at(0, 90, "unfocused")), 0, "nothing was heard for half a minute");
});

Deno.test("decide() notes what it would have said to somebody who is away", () => {
  const scene = new Scene({ ...only(["phone"]), cooldownMinutes: 0.1 });
  scene.play([["TikTok@pixel", 4.9], ["away TikTok@pixel", 1]]);
  assert.deepEqual(scene.lines, [
    "5:04 nudge phone: 5 minutes of TikTok on the phone pixel held (you are away)",
  ]);
});

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      ...["work", "away", "nothing", "reddit.com", "reddit.com", "YouTube", "TikTok@pixel"],
      ...["focused", "unfocused", "unfocused", "no face", "meeting", "speaking YouTube", "blocked"],
      "sleep",
    ),
    fc.integer({ min: 1, max: 120 }).map((tens) => tens / 6),
  ),
  fc.tuple(fc.constant("snooze"), fc.integer({ min: 0, max: 30 })),
  fc.tuple(fc.constantFrom("dismiss", "restart"), fc.constant(0)),
  fc.tuple(fc.constant("clock"), fc.integer({ min: -90, max: 90 })),
);

const minutes = (min: number, max: number) =>
  fc.integer({ min: min * 10, max: max * 10 }).map((tenths) => tenths / 10);
const rule = fc.record({
  isOn: fc.boolean(),
  minutes: minutes(0.5, 12),
  steps: fc.record({ nudge: fc.boolean(), stronger: fc.boolean(), block: fc.boolean() }),
});
const config: fc.Arbitrary<LoopConfig> = fc.record({
  isOn: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  rules: fc.record({
    noise: rule.map((each) => ({ ...each, ofMinutes: each.minutes * 1.5 })),
    phone: rule,
    unfocused: rule,
    budget: rule,
  }),
  strongerAfterMinutes: minutes(0.5, 10),
  blockAfterMinutes: minutes(0.5, 10),
  againAfterMinutes: fc.constantFrom(0, 7, 30),
  cooldownMinutes: minutes(0.5, 10),
  clearMinutes: minutes(0.5, 10),
  snoozeMinutes: fc.constant(5),
  block: fc.record({
    minutes: minutes(1, 15),
    mostADay: fc.integer({ min: 1, max: 4 }),
    lists: fc.constant([]),
    domains: fc.constant([]),
  }),
  quiet: fc.option(
    fc.record({
      fromMin: fc.integer({ min: 720, max: 800 }),
      toMin: fc.integer({ min: 720, max: 860 }),
      days: fc.constant(WEEKDAYS),
    }),
    { nil: undefined },
  ),
  sparesMeetings: fc.boolean(),
});

const SENTENCE =
  /^(?:\d+ of [\d.]+ (?:minutes?|seconds?) (?:on .+|of noise(?:, \d+ of them on .+)?)|[\d.]+ (?:minutes?|seconds?) (?:of .+ on the phone .+|unfocused in this session|of noise today, your budget is [\d.]+))$/;

Deno.test("decide() keeps its promises whatever happens", () => {
  fc.assert(
    fc.property(
      config,
      fc.array(act, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 40 }),
      (config, acts, isForbidden, noiseBefore) => {
        const scene = new Scene(config, noiseBefore * MIN);
        scene.isForbidden = isForbidden;
        const nudged = new Map<LoopRule, number>();
        let lastMs = -Infinity, told = 0, blocks = 0;
        for (const each of acts) {
          scene.play([each]);
          for (; told < scene.said.length; told++) {
            const { kind, rule, step, explanation, reason, realMs } = scene.said[told];
            const { steps, isOn } = config.rules[rule];
            assert.ok(config.isOn && isOn, "a rule that is off says nothing");
            assert.ok(steps[step as LoopStep], `${rule} takes no step ${step}`);
            assert.match(explanation, SENTENCE);
            if (kind === "held") {
              assert.ok(reason, "what is held back is explained");
              continue;
            }
            const hasRest = realMs - lastMs >= config.cooldownMinutes * MIN;
            assert.ok(hasRest, "two steps are never closer than the cooldown");
            lastMs = realMs;
            assert.notEqual(each[0], "away");
            assert.notEqual(each[0], "blocked");
            if (config.sparesMeetings) assert.doesNotMatch(each[0], /^(?:meeting|speaking)/);
            if (step !== "block") {
              nudged.set(rule, realMs);
              continue;
            }
            assert.ok(nudged.size > 0, "a block comes after a nudge");
            if (!isForbidden) blocks++;
          }
        }
        assert.ok(blocks <= config.block.mostADay);
      },
    ),
    { numRuns: 400 },
  );
});

Deno.test("decide() says nothing before more time is over, and nothing in quiet hours", () => {
  fc.assert(
    fc.property(
      config,
      fc.array(act.filter(([what]) => what !== "clock" && what !== "snooze"), { maxLength: 6 }),
      fc.array(act.filter(([what]) => what !== "clock" && what !== "snooze"), { maxLength: 6 }),
      (config, before, after) => {
        const scene = new Scene({ ...config, ...quiet(0, 0) });
        assert.ok(scene.play(before).said.every(({ kind }) => kind === "held"));
        scene.config = { ...config, quiet: undefined };
        const told = scene.said.length;
        scene.play([["snooze", 24 * 60]]).play(after);
        const steps = scene.said.slice(told).filter(({ kind, realMs }) =>
          kind === "step" && realMs < 24 * 60 * MIN
        );
        assert.deepEqual(steps, []);
      },
    ),
    { numRuns: 200 },
  );
});

Deno.test("decide() looks often enough: nothing comes later than if it had looked all the time", () => {
  const scene = new Scene(BLOCKING).play([["work", 7.3], ["reddit.com", 21]]);
  assert.deepEqual(scene.lines.map((line) => line.split(" ")[0]), ["17:18", "22:18", "27:18"]);
  assert.equal(new Date(NOON_MS).getUTCDay(), 3);
});
