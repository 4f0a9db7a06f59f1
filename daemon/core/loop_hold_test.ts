import assert from "node:assert/strict";
import { BLOCKING, NOISE, only, quiet, testCases } from "../../tests/loop/cases.ts";
import { Scene } from "../../tests/loop/scene.ts";

testCases([
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
    name: "begins anew with a phone that was put away for over a minute",
    config: only(["phone"]),
    acts: [["TikTok@pixel", 4], ["work", 2], ["Reddit@pixel", 4]],
    said: [],
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
    name: "notes of each step what held it back",
    config: { ...BLOCKING, block: { ...BLOCKING.block, mostADay: 0 } },
    acts: [["speaking reddit.com", 11], ["reddit.com", 12]],
    said: [
      "10:00 nudge noise: 10 of 15 minutes on reddit.com held (a microphone is in use (Firefox))",
      "11:10 nudge noise: 11 of 15 minutes on reddit.com",
      "16:10 stronger noise: 15 of 15 minutes on reddit.com",
      "21:10 block noise: 15 of 15 minutes on reddit.com held (0 of 0 blocks a day are used up)",
    ],
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
]);

Deno.test("decide() notes what it would have said to somebody who is away", () => {
  const scene = new Scene({ ...only(["phone"]), cooldownMinutes: 0.1 });
  scene.play([["TikTok@pixel", 4.9], ["away TikTok@pixel", 1]]);
  assert.deepEqual(scene.lines, [
    "5:04 nudge phone: 5 minutes of TikTok on the phone pixel held (you are away)",
  ]);
});
