import assert from "node:assert/strict";
import { BLOCKING, NOISE, only, quiet, testCases } from "../../tests/loop/cases.ts";
import { MIN, Scene } from "../../tests/loop/scene.ts";
import { DEFAULT_LOOP } from "./loop_config.ts";

testCases([
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
]);

Deno.test("decide() shows after a restart what it showed before", () => {
  const scene = new Scene(NOISE).play([["reddit.com", 11], ["restart"]]);
  assert.equal(scene.state.shown?.explanation, "10 of 15 minutes on reddit.com");
  assert.equal(scene.play([["dismiss"], ["restart"]]).state.shown, undefined);
});
