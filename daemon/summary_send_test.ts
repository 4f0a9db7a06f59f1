import assert from "node:assert/strict";
import { HOUR, MIN, outboxScene, type SceneOptions } from "../tests/messages/outbox_scene.ts";
import { localZone } from "./core/day.ts";
import { NotFoundError, UnavailableError } from "./core/errors.ts";
import { Hub } from "./core/hub.ts";
import type { Channel } from "./core/messages.ts";
import type { SendSchedule } from "./core/send_schedule.ts";
import { Summaries } from "./summaries.ts";
import { SendService } from "./summary_send.ts";

const DAY = 24 * HOUR;
/** A moment of the local clock, as the pattern means it. */
const local = (day: number, hour: number, minute = 0) =>
  new Date(2026, 0, day, hour, minute).getTime();
const daily: SendSchedule = {
  ...{ period: "day", of: "current", cron: "0 21 * * *", channels: ["email"] },
};
const off = { kind: "off" as const, hindrance: "Cannot send SMS: TWILIO_ACCOUNT_SID is not set" };

/** The service on a real store and outbox, by a clock that moves when told. */
async function sendScene(options: SceneOptions = {}) {
  const scene = await outboxScene({ mailTo: ["you@mail.test"], ...options });
  const { store, machine, clock } = scene;
  machine.wallMs = local(14, 12);
  const hub = new Hub();
  const health: string[] = [];
  const calendar = { store, clock, zone: localZone, dayStartMin: 0 };
  const summaries = new Summaries(calendar);
  const open = () =>
    new SendService({
      ...{ ...calendar, hub },
      outbox: () => Promise.resolve(scene.outbox),
      summaries: () => Promise.resolve(summaries),
      report: (status, detail) => health.push(`${status}: ${detail}`),
    });
  const at = {
    ...{ scene, store, machine, hub, health },
    service: open(),
    /** As after the end of the program, however that came. */
    async restart(changed: SceneOptions = {}) {
      await scene.reopen(changed);
      at.service = open();
    },
    /** The clock shows `ms` when somebody looks at it, and what is due is sent. */
    async lookAt(ms: number) {
      machine.wallMs = ms;
      const waitMs = await at.service.look();
      await scene.outbox.flush(scene.outbox.list(1_000).map(({ id }) => id));
      return waitMs;
    },
    topics: () => scene.outbox.list(1_000).map(({ topic }) => topic).reverse(),
    subjects: () => scene.mails.map(({ subject }) => subject.split(":")[0]),
    [Symbol.asyncDispose]: () => scene[Symbol.asyncDispose](),
  };
  return at;
}

Deno.test("a schedule sends its day's summary at its time, once", async () => {
  await using at = await sendScene();
  assert.equal(await at.service.look(), undefined, "nobody looks at the clock without a schedule");
  await at.service.setSchedules([daily]);
  const [{ nextMs }] = await at.service.schedules();
  assert.equal(nextMs, local(14, 21));
  assert.equal(await at.lookAt(local(14, 20, 59)), 30_000);
  assert.equal(await at.lookAt(local(14, 21) - 4_000), 4_000);
  assert.deepEqual(at.topics(), []);
  for (const minute of [0, 0, 1, 30]) await at.lookAt(local(14, 21, minute));
  await at.restart();
  await at.lookAt(local(14, 21, 45));
  assert.deepEqual(at.topics(), ["day 2026-01-14"]);
  assert.equal(at.scene.mails.length, 1);
  assert.match(at.health.at(-1)!, /^ok: /);
});

Deno.test("sleep over sending times is made up for once, for the last of them", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([daily, { ...daily, period: "week", cron: "0 18 * * 0" }]);
  // Wed 14 -> Mon 19: five evenings and a Sunday.
  await at.lookAt(local(19, 8));
  await at.lookAt(local(19, 8, 1));
  await at.restart();
  await at.lookAt(local(19, 9));
  assert.deepEqual(at.topics(), ["day 2026-01-18", "week 2026-01-12"]);
  await at.lookAt(local(19, 21));
  assert.deepEqual(at.topics().slice(2), ["day 2026-01-19"]);
});

Deno.test("what was missed by a week or more is not made up for", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([{ ...daily, period: "month", cron: "0 9 15 * *" }]);
  await at.lookAt(local(22, 9));
  assert.deepEqual(at.topics(), []);
});

Deno.test("a clock that is set back, or ahead and back, sends nothing twice", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([daily]);
  await at.lookAt(local(14, 21));
  await at.lookAt(local(14, 18));
  await at.lookAt(local(14, 21));
  assert.deepEqual(at.topics(), ["day 2026-01-14"]);
  // Two days ahead by mistake, for an hour.
  await at.lookAt(local(16, 22));
  await at.lookAt(local(14, 23));
  for (const day of [15, 16, 17]) await at.lookAt(local(day, 21));
  assert.deepEqual(at.topics(), [
    ...["day 2026-01-14", "day 2026-01-16", "day 2026-01-15", "day 2026-01-17"],
  ]);
  assert.equal(at.scene.mails.length, 4);
});

Deno.test("the program's end between the outbox and the schedule's note sends nothing twice", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([daily]);
  const before = at.store.settings.get("summary_schedules");
  await at.lookAt(local(14, 21));
  await at.store.settings.set("summary_schedules", before);
  await at.restart();
  await at.lookAt(local(14, 21, 5));
  assert.deepEqual(at.topics(), ["day 2026-01-14"]);
  assert.equal(at.scene.mails.length, 1);
});

Deno.test("two schedules of one period tell it once, and what was sent by hand is not sent again", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([daily, { ...daily, cron: "30 21 * * *" }]);
  const options = { channels: ["email"] as Channel[], again: false };
  at.machine.wallMs = local(14, 20);
  const day = { period: "day" as const, date: "2026-01-14" };
  assert.equal((await at.service.send(day, options)).already, false);
  assert.equal((await at.service.send(day, options)).already, true);
  for (const hour of [21, 22]) await at.lookAt(local(14, hour));
  assert.equal(at.scene.mails.length, 1);
  const again = await at.service.send(day, { ...options, again: true });
  assert.deepEqual([again.already, again.messages[0].state, at.scene.mails.length], [
    false,
    "sent",
    2,
  ]);
});

Deno.test("a channel that is not configured does not keep the other from sending", async () => {
  await using at = await sendScene({ sms: off });
  await at.service.setSchedules([{ ...daily, channels: ["sms", "email"] }]);
  await at.lookAt(local(14, 21));
  await at.lookAt(local(14, 22));
  assert.equal(at.scene.mails.length, 1);
  assert.match(at.health.join("\n"), /^degraded: .*TWILIO_ACCOUNT_SID/m);
});

Deno.test("a schedule none of whose channels is configured sends once they are", async () => {
  await using at = await sendScene({ sms: off });
  await at.service.setSchedules([{ ...daily, channels: ["sms"] }]);
  await at.lookAt(local(14, 21));
  assert.deepEqual(at.topics(), []);
  assert.match(at.health.at(-1)!, /^degraded: .*TWILIO_ACCOUNT_SID/);
  await at.restart({
    sms: {
      kind: "ready",
      recipients: ["+15551234567"],
      notifier: () => Promise.resolve({ send: () => Promise.resolve({ kind: "sent" as const }) }),
    },
  });
  await at.lookAt(local(15, 8));
  assert.deepEqual(at.topics(), ["day 2026-01-14"]);
});

Deno.test("a mail server that is away is tried again by the outbox, and the mail arrives once", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([daily]);
  at.scene.answers.email.push({ kind: "later", reason: "no network" });
  await at.lookAt(local(14, 21));
  assert.deepEqual(at.scene.outbox.list(1).map(({ state }) => state), ["waiting"]);
  await at.restart();
  await at.lookAt(local(14, 21) + 2 * MIN);
  await at.lookAt(local(15, 8));
  assert.deepEqual(at.scene.outbox.list(9).map(({ state }) => state), ["sent"]);
  assert.equal(new Set(at.scene.mails.map(({ messageId }) => messageId)).size, 1);
  assert.equal(at.scene.mails.length, 2, "two tries of one mail");
});

Deno.test("schedules that cannot be are refused, and nothing of them is kept", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([daily]);
  for (const cron of ["0 25 * * *", "0 0 30 2 *", "soon"]) {
    await assert.rejects(at.service.setSchedules([daily, { ...daily, cron }]), RangeError);
  }
  assert.equal((await at.service.schedules()).length, 1);
  await at.service.setSchedules([]);
  assert.equal(await at.lookAt(local(14, 21)), undefined);
});

Deno.test("nothing is written down for a channel that is not configured, or a period to come", async () => {
  await using at = await sendScene({ sms: off });
  const both = { channels: ["email", "sms"] as Channel[], again: false };
  const day = { period: "day" as const, date: "2026-01-14" };
  await assert.rejects(at.service.send(day, both), UnavailableError);
  const mail = { ...both, channels: ["email"] as Channel[] };
  await assert.rejects(at.service.send({ ...day, date: "2026-01-16" }, mail), RangeError);
  assert.deepEqual(at.topics(), []);
});

/** A session in the store: begun, and ended when told. */
async function focusSession(
  at: Awaited<ReturnType<typeof sendScene>>,
  source: "browser" | "file" = "browser",
) {
  const { focus } = at.store;
  const begun = await focus.begin({ source, camera: "cam", startMs: at.machine.wallMs });
  const { id } = begun.begun;
  return { id, end: (how: "ended" | "lost" = "ended") => focus.end(id, how) };
}

Deno.test("a focus session with a wish is told once, when it ends or can be taken up no more", async () => {
  await using at = await sendScene();
  for (const how of ["ended", "lost"] as const) {
    const session = await focusSession(at);
    assert.deepEqual(await at.service.wishFocus(session.id, { email: true, sms: false }), []);
    await at.lookAt(at.machine.wallMs + MIN);
    assert.ok(!at.topics().includes(`focus ${session.id}`));
    await session.end(how);
    await at.restart();
    if (how === "lost") at.machine.wallMs += 4 * HOUR;
    await at.lookAt(at.machine.wallMs + MIN);
    const [told] = await at.service.wishFocus(session.id, { email: true, sms: false });
    assert.deepEqual([told.topic, told.state], [`focus ${session.id}`, "sent"]);
    await at.lookAt(at.machine.wallMs + MIN);
  }
  assert.deepEqual(at.topics(), ["focus 1", "focus 2"]);
  assert.equal(at.scene.mails.length, 2);
  assert.deepEqual(at.store.focusSends.wishes(), []);
});

Deno.test("a lost session is not told while it may go on: a pause of the page, a daemon that was away", async () => {
  await using at = await sendScene();
  const paused = await focusSession(at);
  await at.service.wishFocus(paused.id, { email: true, sms: false });
  await paused.end("lost");
  await at.lookAt(at.machine.wallMs + 3 * HOUR);
  assert.deepEqual(at.topics(), []);
  const startMs = at.machine.wallMs;
  const span = { startMs, endMs: startMs + 5 * MIN, state: "focused" as const };
  assert.equal((await at.store.focus.append(paused.id, 1, () => [span]))?.how, "running");
  await at.lookAt(at.machine.wallMs + 3 * HOUR);
  assert.deepEqual(at.topics(), []);
  await paused.end();
  await at.lookAt(at.machine.wallMs + MIN);
  assert.deepEqual(at.topics(), ["focus 1"]);

  const left = await focusSession(at);
  await at.service.wishFocus(left.id, { email: true, sms: false });
  await left.end("lost");
  await focusSession(at, "file");
  await at.lookAt(at.machine.wallMs + MIN);
  assert.deepEqual(at.topics(), ["focus 1"], "a film says nothing of it");
  await focusSession(at);
  await at.lookAt(at.machine.wallMs + MIN);
  assert.deepEqual(at.topics(), ["focus 1", "focus 2"]);
});

Deno.test("the end of a session is heard on the hub, and a wish can be taken back", async () => {
  await using at = await sendScene();
  const stop = new AbortController();
  const running = at.service.run(stop.signal);
  const other = await focusSession(at);
  await at.service.wishFocus(other.id, { email: true, sms: true });
  await at.service.wishFocus(other.id, { email: false, sms: false });
  await other.end();
  const session = await focusSession(at);
  await at.service.wishFocus(session.id, { email: true, sms: true });
  await session.end();
  while (at.topics().length < 2) {
    at.hub.publish("focus", {});
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  stop.abort();
  await running;
  assert.deepEqual(at.topics(), [`focus ${session.id}`, `focus ${session.id}`]);
});

Deno.test("a film's session is told at its end, and not before", async () => {
  await using at = await sendScene();
  const film = await focusSession(at, "file");
  assert.deepEqual(await at.service.wishFocus(film.id, { email: true, sms: false }), []);
  await at.lookAt(at.machine.wallMs + MIN);
  assert.deepEqual(at.topics(), []);
  await film.end();
  const [told] = await at.service.wishFocus(film.id, { email: true, sms: false });
  assert.equal(told.state, "sent");
  assert.equal(at.scene.mails.length, 1);
});

Deno.test("a wish for a session that is not there, or a channel that is not configured, is refused", async () => {
  await using at = await sendScene({ sms: off });
  const session = await focusSession(at);
  await assert.rejects(at.service.wishFocus(99, { email: true, sms: false }), NotFoundError);
  await assert.rejects(
    at.service.wishFocus(session.id, { email: true, sms: true }),
    UnavailableError,
  );
  assert.deepEqual(at.store.focusSends.wishes(), []);
});

Deno.test("a day before is made up for as the day before its time", async () => {
  await using at = await sendScene();
  await at.service.setSchedules([{ ...daily, of: "previous", cron: "0 8 * * *" }]);
  await at.lookAt(local(15, 7) + 6 * DAY);
  assert.deepEqual(at.topics(), ["day 2026-01-19"]);
});
