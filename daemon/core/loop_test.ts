import assert from "node:assert/strict";
import { BLOCKING, NOISE, only, stepping, testCases } from "../../tests/loop/cases.ts";
import { MIN, NOON_MS, Scene } from "../../tests/loop/scene.ts";
import { DEFAULT_LOOP } from "./loop_config.ts";
import { unfocusedRunMs } from "./loop_evidence.ts";

testCases([
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
    name: "tells of a phone by its app and its name",
    config: only(["phone"]),
    acts: [["TikTok@pixel", 5.1], ["work", 1], ["TikTok@pixel", 6]],
    said: [
      "5:00 nudge phone: 5 minutes of TikTok on the phone pixel",
      "10:01 stronger phone: 9 minutes of TikTok on the phone pixel",
    ],
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
    name: "keeps its peace between two steps",
    config: { ...NOISE, strongerAfterMinutes: 1, cooldownMinutes: 7 },
    acts: [["reddit.com", 30]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com",
      "17:00 stronger noise: 15 of 15 minutes on reddit.com",
    ],
  },
]);

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

Deno.test("decide() looks often enough: nothing comes later than if it had looked all the time", () => {
  const scene = new Scene(BLOCKING).play([["work", 7.3], ["reddit.com", 21]]);
  assert.deepEqual(scene.lines.map((line) => line.split(" ")[0]), ["17:18", "22:18", "27:18"]);
  assert.equal(new Date(NOON_MS).getUTCDay(), 3);
});
