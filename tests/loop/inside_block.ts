// deno-lint-ignore-file no-console -- the figures are of use
/** In a namespace, on a real desktop: noise, a nudge, a stronger one, a block in the hosts file, and its end. */
import assert from "node:assert/strict";
import type { WireBlock } from "../../daemon/api/blocker.ts";
import { waitFor } from "../daemon_process.ts";
import { startNotificationSession } from "../desktop/notification_session.ts";
import { blocking, Stage, WORK, YOUTUBE } from "./stage.ts";

const hosts = () => Deno.readTextFileSync("/etc/hosts");
const original = hosts();
const isBlocked = () => hosts().includes("0.0.0.0 reddit.com\n");

await using session = await startNotificationSession();
await session.x.startWindowManager();
await using stage = await Stage.open(session.x, { env: session.env, set: blocking });
const { daemon, told } = stage;
/** Waits for a notification that comes after the first `count`: texts may repeat. */
const shownAfter = (count: number, check: (title: string) => boolean) =>
  waitFor(async () => (await session.shown()).slice(count).find(({ title }) => check(title)));
assert.deepEqual(told[0], { nudge: null, snoozed_until: null, held_by: null });

// Noise: a nudge, on the dashboard and on the desktop.
const beganMs = Date.now();
await stage.open(YOUTUBE);
const nudge = await stage.nudge(({ step }) => step === "nudge");
console.log(`a nudge after ${Date.now() - beganMs} ms of noise`);
assert.match(nudge.explanation, /^\d+ of 12 seconds on YouTube$/);
assert.deepEqual([nudge.rule, nudge.can_block, nudge.snooze_minutes], ["noise", true, 5]);
const shown = await session.shownThat(({ title }) => title === nudge.explanation);
assert.equal(shown.urgency.toLowerCase(), "normal");
assert.equal(hosts(), original);

// It goes on: a stronger one, which says what comes.
const stronger = await stage.nudge(({ step }) => step === "stronger");
const urgent = await session.shownThat(({ title }) => title.startsWith("Still at it"));
assert.match(urgent.title, /on YouTube$/);
assert.match(urgent.body, /In 6 seconds the distracting sites are blocked for 12 seconds/);
assert.equal(urgent.urgency.toLowerCase(), "critical");
assert.equal(hosts(), original);
if (Deno.args[0]) await session.screenshot(Deno.args[0]);

// It still goes on: the hosts file is changed, and given back at the end.
const block = await stage.nudge(({ step }) => step === "block");
const blockedMs = Date.now();
assert.ok(isBlocked());
assert.equal(block.can_block, false);
await session.shownThat(({ title }) => title === "Blocked for 12 seconds");
const atMs = [nudge, stronger, block].map(({ at }) => Date.parse(at));
assert.ok(atMs[1] - atMs[0] >= 6_000 && atMs[2] - atMs[1] >= 6_000, "the cooldown is kept");
const running = await daemon.get<{ block: WireBlock }>("/blocker/status");
assert.equal(running.block.actor, "loop");
assert.equal(running.block.reason, block.explanation);
await stage.open(WORK);
await waitFor(() => hosts() === original);
console.log(`lifted ${Date.now() - blockedMs} ms after a block of 12 000 ms was told`);
const ended = await waitFor(async () => {
  const [last] = await daemon.get<WireBlock[]>("/blocker/history");
  return last.how === null ? undefined : last;
});
assert.deepEqual([ended.id, ended.how], [running.block.id, "time"]);
await waitFor(() => told.at(-1)!.nudge === null || undefined);
assert.deepEqual(
  (await stage.steps()).map(({ step, outcome, block_id }) => [step, outcome, block_id]),
  [["nudge", "taken", null], ["stronger", "taken", null], ["block", "taken", ended.id]],
);

// Noise anew: "5 more minutes" on the desktop.
let seen = told.length, before = (await session.shown()).length;
await stage.open(YOUTUBE);
const again = await stage.nudge(({ id }) => id > block.id, seen);
assert.equal(again.step, "nudge", "after a block all is counted anew");
await shownAfter(before, (title) => title === again.explanation);
await session.choose("5 more minutes");
const snoozed = await waitFor(() => told.slice(seen).find(({ snoozed_until }) => snoozed_until));
assert.equal(snoozed.nudge, null);
const leftMs = Date.parse(snoozed.snoozed_until!) - Date.now();
assert.ok(leftMs > 4 * 60_000 && leftMs <= 5 * 60_000);
assert.equal((await stage.steps()).at(-1)!.answer, "snoozed");
// Twice the time in which it would have gone on, twice told to go on.
await new Promise((resolve) => setTimeout(resolve, 14_000));
assert.equal((await stage.steps()).at(-1)!.id, again.id);

// "Block now" is the user's own block.
seen = told.length;
before = (await session.shown()).length;
await stage.send("/loop/snooze", { minutes: 0 });
const last = await stage.nudge(({ id }) => id > again.id, seen);
await shownAfter(before, (title) => title.endsWith(last.explanation));
await session.choose("Block now");
await waitFor(() => hosts() !== original);
const byHand = await daemon.get<{ block: WireBlock }>("/blocker/status");
assert.equal(byHand.block.actor, "user");
const lengthMs = Date.parse(byHand.block.end) - Date.parse(byHand.block.start);
assert.equal(Math.round(lengthMs / 60_000), 30);
const answered = await waitFor(async () => {
  const step = (await stage.steps()).find(({ id }) => id === last.id)!;
  return step.answer === "blocked" ? step : undefined;
});
assert.equal(answered.block_id, byHand.block.id);
await stage.send("/blocker/manual_unblock", {});
assert.equal(hosts(), original);

// With the step off nothing is blocked, however long it goes on.
await stage.set((config) => ({
  ...config,
  rules: {
    ...config.rules,
    noise: { ...config.rules.noise, steps: { nudge: true, stronger: true, block: false } },
  },
  again_after_minutes: 0.1,
}));
seen = (await stage.steps()).length;
await waitFor(async () => (await stage.steps()).length >= seen + 3 || undefined, 90_000);
assert.equal(hosts(), original);
const after = (await stage.steps()).slice(seen);
assert.ok(after.every(({ step }) => step !== "block"), JSON.stringify(after));
const health = await daemon.get<{ parts: { name: string; status: string; detail: string }[] }>(
  "/health",
);
const part = health.parts.find(({ name }) => name === "loop");
assert.deepEqual(part, { name: "loop", status: "ok", detail: "ready" });
