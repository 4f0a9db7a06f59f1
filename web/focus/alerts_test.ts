/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { type AlertMemory, heed, NO_ALERT } from "./alerts.ts";

Deno.test("heed() sounds when an alert rises to 2 and 3, then every 8 s, and notifies once", () => {
  // Second by second, as escalation has it: 1 at once, 2 after 2 s, 3 after 8 s.
  let memory: AlertMemory = NO_ALERT;
  const done: string[] = [];
  for (let s = 0; s <= 30; s++) {
    const isBack = s >= 28;
    const alert = isBack ? 0 : s >= 8 ? 3 : s >= 2 ? 2 : 1;
    const state = isBack ? "focused" : "unfocused";
    const { memory: next, action } = heed(memory, { alert, state }, s * 1_000);
    memory = next;
    if (action.sound) done.push(`${s}: ${action.sound}`);
    if (action.notification) done.push(`${s}: ${action.notification}`);
  }
  const expected = ["2: nudge", "8: urge", "8: show", "16: urge", "24: urge", "28: close"];
  assert.deepEqual(done, expected);
});

Deno.test("heed() does not sound on for somebody who has left", () => {
  const memory: AlertMemory = { level: 2, soundedMs: 0 };
  for (const state of ["no_face", "uncertain"] as const) {
    assert.equal(heed(memory, { alert: 2, state }, 60_000).action.sound, undefined);
  }
  assert.equal(heed(memory, { alert: 2, state: "unfocused" }, 60_000).action.sound, "nudge");
});
