/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { formatClock } from "./format.ts";
import { moreWords, nudgeView } from "./nudge.ts";
import type { WireLoopNow, WireNudge } from "./wire.ts";

const AT = "2026-11-26T14:30:00.000Z", NOW_MS = Date.parse(AT);
const QUIET: WireLoopNow = { nudge: null, snoozed_until: null, held_by: null };
const NUDGE: WireNudge = {
  ...{ id: 7, at: AT, rule: "noise", step: "nudge", can_block: true, snooze_minutes: 5 },
  explanation: "12 of 15 minutes on reddit.com",
};

Deno.test("nudgeView() says what the loop shows, and how loudly", () => {
  const said = (step: string, can_block = true) => {
    const view = nudgeView(
      { ...QUIET, nudge: { ...NUDGE, step: step as WireNudge["step"], can_block } },
      NOW_MS,
    );
    assert.ok(view?.kind === "nudge");
    return view;
  };
  assert.deepEqual(said("nudge"), {
    ...{ kind: "nudge", id: 7, step: "nudge", before: "", moreMinutes: 5, canBlock: true },
    explanation: "12 of 15 minutes on reddit.com",
    question: "Back to what you wanted to do?",
  });
  assert.equal(said("stronger").before, "Still at it: ");
  assert.equal(said("stronger", false).canBlock, false);
  const blocked = said("block", false);
  assert.deepEqual([blocked.before, blocked.moreMinutes], ["Blocked: ", undefined]);
  assert.equal(said("of a later version").step, "nudge");
});

Deno.test("nudgeView() says what keeps the loop quiet, and nothing when nothing does", () => {
  const until = "2026-11-26T14:35:00.000Z";
  const cases: [string, WireLoopNow | undefined, unknown][] = [
    ["before the first word", undefined, undefined],
    ["all well", QUIET, undefined],
    [
      "snoozed",
      { ...QUIET, snoozed_until: until },
      { kind: "snoozed", until: formatClock(until) },
    ],
    ["snoozed until a moment ago", { ...QUIET, snoozed_until: AT }, undefined],
    ["held back", { ...QUIET, held_by: "a meeting" }, { kind: "held", by: "a meeting" }],
    [
      "snoozed in a meeting",
      { ...QUIET, snoozed_until: until, held_by: "a meeting" },
      { kind: "snoozed", until: formatClock(until) },
    ],
  ];
  for (const [name, loop, expected] of cases) {
    assert.deepEqual(nudgeView(loop, NOW_MS), expected, name);
  }
});

Deno.test("moreWords() counts minutes, and seconds below one", () => {
  const cases: [number, string][] = [
    [5, "5 more minutes"],
    [1, "1 more minute"],
    [7.5, "7.5 more minutes"],
    [0.1, "6 more seconds"],
  ];
  for (const [minutes, words] of cases) assert.equal(moreWords(minutes), words);
});
