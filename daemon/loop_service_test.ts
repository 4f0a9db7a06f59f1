import assert from "node:assert/strict";
import { FakeMachine, MemoryEnforcer } from "../tests/fakes.ts";
import type { WireLoopNow } from "./api/loop.ts";
import { BlockService } from "./block_service.ts";
import { NotFoundError, NotPermittedError } from "./core/errors.ts";
import { HealthBoard } from "./core/health.ts";
import { Hub } from "./core/hub.ts";
import { DEFAULT_LOOP, type LoopConfig } from "./core/loop_config.ts";
import type { Notification } from "./core/notification.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { LoopNotices, NoticeOptions } from "./loop_notices.ts";
import { LoopService } from "./loop_service.ts";
import { temporaryStore } from "./store/testing.ts";

const MIN = 60_000;

/** A desktop that remembers what it shows. */
class MemoryNotices implements LoopNotices {
  hindrance: string | undefined;
  readonly shown: string[] = [];
  readonly bodies: string[] = [];
  up: { readonly title: string; readonly options: NoticeOptions } | undefined;

  show(_id: number, { title, body }: Notification, options: NoticeOptions): void {
    this.shown.push(title);
    this.bodies.push(body);
    this.up = { title, options };
  }

  clear(): void {
    this.up = undefined;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** The loop on a real store and blocker; time goes by when it is told to. */
async function scene(config: LoopConfig = DEFAULT_LOOP) {
  const stored = temporaryStore();
  const { store } = stored;
  const machine = new FakeMachine();
  const enforcer = new MemoryEnforcer();
  const hub = new Hub();
  const health = new HealthBoard(() => {});
  const notices = new MemoryNotices();
  const told: WireLoopNow[] = [];
  const use: { microphone?: string; asked: number; meanwhile?: () => Promise<unknown> } = {
    asked: 0,
  };
  let recorder: RecorderState = {};
  hub.on("loop", (now) => told.push(now as WireLoopNow));
  const blocker = new BlockService({
    blocks: store.blocks,
    enforcer,
    clock: machine,
    zone: () => 0,
    lasting: true,
    onChange: () => {},
    report: () => {},
  });
  await store.settings.set("loop", config);
  const open = () =>
    new LoopService({
      ...{ store, hub, health, blocker, notices, dayStartMin: 240 },
      clock: { nowMs: machine.nowMs, monoMs: machine.upMs },
      upClock: machine,
      zone: () => 0,
      env: () => undefined,
      recorderState: () => recorder,
      explain: () => ({ classification: { class: "noise" } }),
      microphone: async () => {
        use.asked++;
        await use.meanwhile?.();
        return use.microphone;
      },
    });
  let loop = open();
  return {
    ...{ store, machine, enforcer, blocker, health, notices, told, use },
    get loop() {
      return loop;
    },
    /** Noise on `app`, looked at as often as the loop wants to. */
    async noise(minutes: number, app = "noisy") {
      const endMs = machine.wallMs + minutes * MIN;
      let lookMs = machine.wallMs;
      while (machine.wallMs < endMs) {
        const startMs = machine.wallMs;
        machine.pass(Math.min(5_000, endMs - startMs));
        const span = { startMs, endMs: machine.wallMs };
        await store.record([{ source: "window", subject: { app }, ...span, pulsetimeMs: 10_000 }]);
        if (machine.wallMs < lookMs) continue;
        await blocker.tick();
        lookMs = machine.wallMs + (await loop.look() ?? Infinity);
      }
    },
    /** The same in a program that does no harm. */
    work(minutes: number) {
      return this.noise(minutes, "serious");
    },
    setRecorder: (state: RecorderState) => recorder = state,
    restart: () => loop = open(),
    steps: () => loop.steps(100).toReversed().map(({ step, outcome }) => `${step} ${outcome}`),
    [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
  };
}

const only = (rules: Partial<LoopConfig["rules"]>, change: Partial<LoopConfig> = {}) => {
  const off = <R extends LoopConfig["rules"]["phone"]>(rule: R) => ({ ...rule, isOn: false });
  const { noise, phone, unfocused, budget } = DEFAULT_LOOP.rules;
  return {
    ...DEFAULT_LOOP,
    rules: {
      ...{ noise: off(noise), phone: off(phone), unfocused: off(unfocused), budget: off(budget) },
      ...rules,
    },
    ...change,
  };
};
const NOISE = only({ noise: DEFAULT_LOOP.rules.noise });
const BLOCKING = only({
  noise: { ...DEFAULT_LOOP.rules.noise, steps: { nudge: true, stronger: true, block: true } },
});

Deno.test("the loop nudges, blocks, records, and lets go", async () => {
  await using t = await scene(BLOCKING);
  await t.noise(9.9);
  assert.deepEqual(t.notices.shown, []);
  assert.equal(t.use.asked, 0, "nobody is asked before a step is due");
  await t.noise(0.3);
  assert.equal(t.notices.up?.title, "10 of 15 minutes on noisy");
  assert.equal(t.told.at(-1)?.nudge?.explanation, "10 of 15 minutes on noisy");
  assert.equal(t.use.asked, 1);
  await t.noise(5);
  assert.match(t.notices.up!.title, /^Still at it: /);
  assert.equal(t.enforcer.block, undefined);
  await t.noise(5);
  assert.equal(t.notices.up?.title, "Blocked for 15 minutes");
  assert.equal(t.notices.up?.options.moreMinutes, undefined, "there is nothing to answer");
  assert.equal(t.told.at(-1)?.nudge?.can_block, false);
  assert.ok(t.enforcer.block!.domains.length > 0, "the usual sites");
  const [block] = t.blocker.history(1);
  assert.deepEqual([block.actor, block.reason], ["loop", "15 of 15 minutes on noisy"]);
  const steps = t.loop.steps(10);
  assert.deepEqual([steps[0].step, steps[0].blockId], ["block", block.id]);
  await t.work(16);
  assert.equal(t.enforcer.block, undefined);
  assert.equal(t.notices.up, undefined);
  assert.equal(t.told.at(-1)?.nudge, null);
  assert.deepEqual(t.steps(), ["nudge taken", "stronger taken", "block taken"]);
});

Deno.test("a nudge goes away when it is over", async () => {
  await using t = await scene(NOISE);
  await t.noise(10.2);
  assert.ok(t.notices.up);
  await t.work(5.5);
  assert.equal(t.notices.up, undefined);
  assert.deepEqual(t.told.map(({ nudge }) => nudge?.step ?? null), [null, "nudge", null]);
});

Deno.test("a block that is refused is recorded with its reason, told by health, and not tried again", async () => {
  await using t = await scene(BLOCKING);
  t.enforcer.applyError = new NotPermittedError("Cannot block: no right; run block setup");
  await t.noise(60);
  assert.deepEqual(t.steps(), ["nudge taken", "stronger taken", "block failed"]);
  assert.match(t.loop.steps(1)[0].reason!, /block setup/);
  assert.deepEqual(t.health.parts.find(({ name }) => name === "loop"), {
    ...{ name: "loop", status: "degraded" },
    detail: "Cannot block: no right; run block setup",
  });
  assert.equal(t.enforcer.block, undefined);
});

Deno.test("answers: more time, a block by the user, dismissed, and what cannot be", async () => {
  await using t = await scene(NOISE);
  await t.noise(10.2);
  const { id } = t.told.at(-1)!.nudge!;
  const snoozed = await t.loop.answer(id, { answer: "snooze" });
  assert.equal(snoozed.snoozedUntilMs, t.machine.wallMs + 5 * MIN);
  assert.deepEqual([snoozed.nudge, t.notices.up], [undefined, undefined]);
  assert.equal(t.loop.steps(1)[0].answer, "snoozed");
  await t.noise(5.3);
  const second = t.told.at(-1)!.nudge!;
  assert.equal(second.step, "stronger");
  t.enforcer.applyError = new NotPermittedError("Cannot block: no right");
  await assert.rejects(t.loop.answer(second.id, { answer: "block" }), /no right/);
  assert.equal(t.loop.now().nudge?.id, second.id, "it stays up");
  await t.loop.answer(second.id, { answer: "block", minutes: 12 });
  const [block] = t.blocker.history(1);
  assert.deepEqual([block.actor, block.endMs], ["user", t.machine.wallMs + 12 * MIN]);
  assert.deepEqual(
    t.loop.steps(1).map(({ answer, blockId }) => [answer, blockId]),
    [["blocked", block.id]],
  );
  assert.equal(t.loop.now().nudge, undefined);
  await assert.rejects(t.loop.answer(999, { answer: "dismiss" }), NotFoundError);
});

Deno.test("what the user dismissed is gone, and recorded", async () => {
  await using t = await scene(NOISE);
  await t.noise(10.2);
  await t.notices.up!.options.answer("dismiss");
  assert.equal(t.notices.up, undefined);
  assert.deepEqual([t.told.at(-1)!.nudge, t.loop.steps(1)[0].answer], [null, "dismissed"]);
});

Deno.test("a restart repeats nothing, forgets nothing, and stays quiet", async () => {
  await using t = await scene(BLOCKING);
  await t.noise(10.2);
  t.restart();
  assert.equal(t.loop.now().nudge?.explanation, "10 of 15 minutes on noisy");
  await t.noise(4.5);
  assert.deepEqual(t.steps(), ["nudge taken"]);
  await t.noise(0.6);
  t.restart();
  await t.loop.snooze(7);
  t.restart();
  assert.equal(t.loop.now().snoozedUntilMs, t.machine.wallMs + 7 * MIN);
  await t.noise(6.8);
  assert.deepEqual(t.steps(), ["nudge taken", "stronger taken"]);
  await t.loop.snooze(0);
  t.restart();
  assert.equal(t.loop.now().snoozedUntilMs, undefined);
});

Deno.test("after more time the same is said again, also over a restart, before it blocks", async () => {
  await using t = await scene(BLOCKING);
  await t.noise(15.2);
  await t.loop.snooze(10);
  t.restart();
  assert.equal(t.loop.now().nudge, undefined, "nothing is shown until then");
  await t.noise(10.2);
  assert.deepEqual(t.steps(), ["nudge taken", "stronger taken", "stronger taken"]);
});

Deno.test("more time that is given back brings the next nudge and no block, also over a restart", async () => {
  for (const isRestarted of [false, true]) {
    await using t = await scene(BLOCKING);
    await t.noise(15.2);
    await t.loop.snooze(60);
    await t.noise(10);
    await t.loop.snooze(0);
    if (isRestarted) t.restart();
    await t.noise(1);
    assert.deepEqual(t.steps(), ["nudge taken", "stronger taken", "stronger taken"]);
  }
});

Deno.test("a snooze is over when it was to be, over a clock that is set and a restart", async () => {
  await using t = await scene(NOISE);
  t.machine.setClock(24 * 60 * MIN);
  await t.loop.snooze(5);
  t.machine.setClock(-24 * 60 * MIN);
  await t.loop.look();
  t.restart();
  assert.equal(t.loop.now().snoozedUntilMs, t.machine.wallMs + 5 * MIN);
});

Deno.test("'block now' leaves a block that runs as it is", async () => {
  await using t = await scene(NOISE);
  await t.noise(10.2);
  const { id } = t.told.at(-1)!.nudge!;
  const own = await t.blocker.start({ actor: "user", endMs: t.machine.wallMs + 240 * MIN });
  await t.loop.answer(id, { answer: "block" });
  assert.deepEqual((await t.blocker.state()).running, own);
  assert.equal(t.loop.steps(1)[0].blockId, own.id);
});

Deno.test("a block that began while the loop decided stays, and nothing else is claimed", async () => {
  await using t = await scene(BLOCKING);
  await t.noise(15.2);
  t.use.meanwhile = () => t.blocker.start({ actor: "user" });
  await t.noise(6);
  assert.deepEqual(t.steps(), ["nudge taken", "stronger taken", "block held"]);
  assert.equal((await t.blocker.state()).running?.actor, "user");
  assert.ok(t.notices.shown.every((title) => !title.startsWith("Blocked")));
});

Deno.test("a microphone holds it back, is asked for no more than every half a minute, and noted once", async () => {
  await using t = await scene(NOISE);
  t.use.microphone = "Zoom";
  await t.noise(20);
  assert.deepEqual(t.steps(), ["nudge held"]);
  assert.equal(t.loop.steps(1)[0].reason, "a microphone is in use (Zoom)");
  assert.equal(t.told.at(-1)?.held_by, "a microphone is in use (Zoom)");
  assert.deepEqual(t.notices.shown, []);
  assert.ok(t.use.asked <= 21, `asked ${t.use.asked} times in ten minutes`);
  t.use.microphone = undefined;
  await t.noise(1);
  assert.deepEqual(t.steps(), ["nudge held", "nudge taken"]);
});

Deno.test("a meeting in front holds a phone's nudge back", async () => {
  await using t = await scene(only({ phone: DEFAULT_LOOP.rules.phone }));
  const startMs = t.machine.wallMs;
  t.machine.pass(6 * MIN);
  const endMs = t.machine.wallMs;
  const phone = { source: "phone", device: "pixel", subject: { app: "noisy.tok" } } as const;
  await t.store.record([{ ...phone, startMs, endMs }]);
  t.setRecorder({ window: { app: "zoom", title: "Zoom Meeting" }, windowSinceMs: startMs });
  await t.loop.look();
  assert.deepEqual(t.steps(), ["nudge held"]);
  assert.equal(t.loop.steps(1)[0].explanation, "6 minutes of noisy.tok on the phone pixel");
  assert.equal(t.loop.now().heldBy, "a meeting (Zoom)");
});

Deno.test("nobody is there: it does not look until somebody comes", async () => {
  await using t = await scene(NOISE);
  t.setRecorder({ afk: true });
  assert.equal(await t.loop.look(), undefined);
  assert.equal(t.told.at(-1)?.held_by, "you are away");
  t.setRecorder({ afk: false });
  assert.ok(await t.loop.look());
  await t.loop.setConfig({ ...NOISE, isOn: false });
  assert.equal(await t.loop.look(), undefined);
  assert.equal(t.health.parts.find(({ name }) => name === "loop")?.status, "off");
});

Deno.test("settings: lists that are not there and names that are none are refused, the rest is kept", async () => {
  await using t = await scene(NOISE);
  const block = (change: Partial<LoopConfig["block"]>) => ({
    ...NOISE,
    block: { ...NOISE.block, ...change },
  });
  await assert.rejects(t.loop.setConfig(block({ lists: ["nosuch"] })), /no list "nosuch"/);
  await assert.rejects(t.loop.setConfig(block({ domains: ["1.2.3.4"] })), /"1.2.3.4" is no site/);
  await t.loop.setConfig(block({ domains: ["https://Reddit.com/r/all"], lists: ["social"] }));
  t.restart();
  assert.deepEqual(t.loop.config().block.domains, ["reddit.com"]);
});

Deno.test("a stronger nudge promises no block when none is left today", async () => {
  await using t = await scene({ ...BLOCKING, block: { ...BLOCKING.block, mostADay: 1 } });
  await t.noise(20.2);
  await t.work(20);
  await t.noise(16);
  assert.deepEqual(t.notices.bodies.filter((body) => /are blocked|Time to stop/.test(body)), [
    "In 5 minutes the distracting sites are blocked for 15 minutes.",
    "Time to stop.",
  ]);
});

Deno.test("a nudge offers no block while one runs", async () => {
  await using t = await scene(NOISE);
  await t.noise(10.2);
  assert.equal(t.loop.now().nudge?.canBlock, true);
  await t.blocker.start({ actor: "user" });
  assert.equal(t.loop.now().nudge?.canBlock, false);
});

Deno.test("a command that only sets the loop takes no step", async () => {
  await using t = await scene({ ...NOISE, isOn: false });
  await t.noise(12);
  await t.loop.setConfig(BLOCKING);
  await t.loop.snooze(5);
  await t.loop.snooze(0);
  assert.deepEqual(t.steps(), []);
  await t.loop.look();
  assert.deepEqual(t.steps(), ["nudge taken"]);
});

Deno.test("what an older version stored is filled up with defaults", async () => {
  await using t = await scene({ isOn: true, rules: { noise: { minutes: 3 } } } as never);
  assert.deepEqual(t.loop.config(), {
    ...DEFAULT_LOOP,
    rules: { ...DEFAULT_LOOP.rules, noise: { ...DEFAULT_LOOP.rules.noise, minutes: 3 } },
  });
});

for (
  const broken of [
    { rules: { noise: { steps: { block: "false" } } } },
    { rules: { noise: { steps: { block: 1 }, minutes: "x", ofMinutes: null } } },
    { isOn: 0, quiet: {}, cooldownMinutes: null, clearMinutes: -1, againAfterMinutes: 1e9 },
    { quiet: { fromMin: 0, toMin: 1440, days: ["mon"] }, block: { minutes: "9", lists: "social" } },
    { quiet: { fromMin: 0, toMin: 5, days: "mon" }, rules: [], block: { domains: [5] } },
    { quiet: "22:00", rules: { noise: "on", phone: { steps: "block" } } },
    ...["", [], 5, null],
  ]
) {
  Deno.test(`what cannot be meant is as by default: ${JSON.stringify(broken)}`, async () => {
    await using t = await scene(broken as never);
    assert.deepEqual(t.loop.config(), DEFAULT_LOOP);
  });
}

Deno.test("a desktop that shows nothing is said by health, and the nudge is told all the same", async () => {
  await using t = await scene(NOISE);
  t.notices.hindrance = "Cannot show notifications: no session";
  await t.noise(10.2);
  assert.equal(t.told.at(-1)?.nudge?.step, "nudge");
  const { status, detail } = t.health.parts.find(({ name }) => name === "loop")!;
  assert.equal(status, "ok");
  assert.match(detail, /dashboard only: Cannot show notifications/);
});
