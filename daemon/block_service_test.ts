import assert from "node:assert/strict";
import { ConflictError, NotPermittedError } from "./core/errors.ts";
import { blockScene as scene, MIN } from "./testing.ts";

const user = { actor: "user" } as const;
const byHand = { ...user, emergency: false };

Deno.test("a block stands with its names written out, and is lifted on time", async () => {
  await using at = await scene();
  const { service, enforcer, machine } = at;
  const block = await service.start({ ...user, domains: ["Reddit.com"], endMs: at.in(30) });
  assert.ok(enforcer.block?.domains.includes("old.reddit.com"));
  assert.equal(enforcer.block?.endMs, at.in(30));
  assert.equal(block.nameCount, enforcer.block?.domains.length);
  machine.pass(30 * MIN - 1);
  await service.tick();
  assert.ok(enforcer.block);
  machine.pass(1);
  await service.tick();
  assert.equal(enforcer.block, undefined);
  assert.deepEqual(at.ends(), ["time"]);
  assert.ok(at.changes() >= 2);
  assert.equal(service.nextTickMs, undefined);
});

Deno.test("start() without sites blocks the own list, and the first day's before there is one", async () => {
  await using at = await scene();
  assert.deepEqual((await at.service.start(user)).lists, ["social", "video"]);
  await at.service.change({ blocked: ["https://www.Example.com/page"] });
  const { lists, nameCount } = await at.service.start(user);
  assert.deepEqual([lists, nameCount], [["own"], 5]);
});

Deno.test("start() refuses what cannot be, and changes nothing", async () => {
  await using at = await scene();
  const refused = [
    { lists: ["nope"] },
    { lists: ["allowed"] },
    { domains: ["localhost"] },
    { domains: ["10.0.0.1"] },
    { domains: ["exa mple.com"] },
    { endMs: at.in(0) },
    { endMs: at.in(1_441) },
  ];
  for (const wish of refused) {
    await assert.rejects(at.service.start({ ...user, ...wish }), RangeError, JSON.stringify(wish));
  }
  await at.service.change({ allowed: ["example.com"] });
  await assert.rejects(at.service.start({ ...user, domains: ["m.example.com"] }), ConflictError);
  assert.deepEqual(at.ends(), []);
  assert.deepEqual(at.enforcer.log, []);
});

Deno.test("a block that cannot be applied leaves the one before it as it was", async () => {
  await using at = await scene();
  const { service, enforcer, blocks } = at;
  const first = await service.start({ ...user, domains: ["a.example"], endMs: at.in(60) });
  const names = blocks.names();
  enforcer.applyError = new NotPermittedError("no rights");
  const second = { ...user, domains: ["b.example"], endMs: at.in(90) };
  await assert.rejects(service.start(second), NotPermittedError);
  assert.equal((await service.state()).running?.id, first.id);
  assert.deepEqual(blocks.names(), names);
  assert.deepEqual(at.ends(), ["failed", undefined]);
  await service.tick();
  assert.equal(enforcer.block?.id, first.id);
});

Deno.test("a second block replaces the first; a strict one only grows", async () => {
  await using at = await scene();
  const { service, enforcer } = at;
  await service.start({ ...user, domains: ["a.example"], endMs: at.in(60) });
  await service.start({ ...user, domains: ["b.example"], endMs: at.in(10), strict: true });
  assert.ok(!enforcer.block?.domains.includes("a.example"));
  const shorter = await service.start({ ...user, domains: ["c.example"], endMs: at.in(5) });
  assert.deepEqual([shorter.strict, shorter.endMs], [true, at.in(10)]);
  assert.deepEqual(shorter.domains, ["b.example", "c.example"]);
  const longer = await service.start({ ...user, domains: ["d.example"], endMs: at.in(20) });
  assert.equal(longer.endMs, at.in(20));
  assert.ok(["b", "c", "d"].every((name) => enforcer.block?.domains.includes(`${name}.example`)));
});

Deno.test("the loop changes nothing that a person wanted", async () => {
  await using at = await scene();
  const { service, enforcer } = at;
  const loop = { actor: "loop", domains: ["b.example"] } as const;
  const { id } = await service.start({ ...user, domains: ["a.example"], endMs: at.in(120) });
  assert.equal((await service.start({ ...loop, endMs: at.in(15) })).id, id);
  assert.equal(enforcer.block?.endMs, at.in(120));
  await service.stop(byHand);
  await service.start({ ...loop, endMs: at.in(15) });
  await service.start({ ...loop, endMs: at.in(20) });
  assert.equal(enforcer.block?.endMs, at.in(20));
});

Deno.test("stop() ends a block, but no strict one", async () => {
  await using at = await scene();
  const { service, enforcer } = at;
  assert.equal(await service.stop(byHand), undefined);
  await service.start({ ...user, endMs: at.in(60) });
  await service.stop(byHand);
  assert.equal(enforcer.block, undefined);
  await service.start({ ...user, endMs: at.in(60), strict: true });
  await assert.rejects(service.stop(byHand), ConflictError);
  assert.ok(enforcer.block);
  assert.deepEqual(at.ends(), [undefined, "user"]);
});

Deno.test("a lift that fails leaves the block running, and is tried again", async () => {
  await using at = await scene();
  const { service, enforcer, machine } = at;
  await service.start({ ...user, endMs: at.in(10) });
  enforcer.liftError = new NotPermittedError("no rights");
  await assert.rejects(service.stop(byHand), NotPermittedError);
  assert.ok((await service.state()).running);
  machine.pass(10 * MIN);
  await assert.rejects(service.tick(), NotPermittedError);
  enforcer.liftError = undefined;
  await service.tick();
  assert.equal(enforcer.block, undefined);
  assert.deepEqual(at.ends(), ["time"]);
});

Deno.test("an emergency ends a strict block after 5 minutes, once declared, over restarts and set clocks", async () => {
  await using at = await scene();
  const { machine, enforcer } = at;
  let service = at.service;
  await service.start({ ...user, endMs: at.in(600), strict: true });
  const emergency = { ...user, emergency: true };
  await service.stop(emergency);
  assert.ok(enforcer.block);
  machine.pass(2 * MIN);
  machine.setClock(20 * MIN);
  await service.stop(emergency);
  await service.tick();
  assert.ok(enforcer.block, "the clock was set");
  service = await at.open();
  assert.ok(enforcer.block, "the daemon was restarted");
  machine.pass(2 * MIN);
  await service.tick();
  assert.ok(enforcer.block);
  machine.pass(MIN);
  await service.tick();
  assert.equal(enforcer.block, undefined);
  assert.deepEqual(at.ends(), ["emergency"]);
});

Deno.test("an emergency without a daemon arms the lifting for its end", async () => {
  await using at = await scene({ lasting: false });
  const { service, enforcer, machine } = at;
  await service.start({ ...user, endMs: at.in(600), strict: true });
  await service.stop({ ...user, emergency: true });
  assert.equal(enforcer.block?.endMs, at.in(5));
  machine.pass(5 * MIN);
  enforcer.liftDue(machine.wallMs);
  await at.open();
  assert.deepEqual(at.ends(), ["emergency"]);
});

Deno.test("a clock that is set neither shortens a strict block nor lengthens any", async () => {
  for (const strict of [true, false]) {
    for (const byMin of [180, -180]) {
      await using at = await scene();
      const { service, enforcer, machine } = at;
      await service.start({ ...user, endMs: at.in(60), strict });
      machine.pass(20 * MIN);
      machine.setClock(byMin * MIN);
      enforcer.liftDue(machine.wallMs);
      await service.tick();
      if (!strict && byMin > 0) {
        assert.equal(enforcer.block, undefined);
        assert.deepEqual(at.ends(), ["time"]);
        continue;
      }
      assert.equal((await service.state()).running?.endMs, strict ? at.in(40) : at.in(220));
      if (strict) assert.equal(enforcer.block?.endMs, at.in(40), "armed for another end");
      machine.pass(39 * MIN);
      await service.tick();
      assert.ok(enforcer.block, `${strict} ${byMin}`);
      machine.pass(MIN);
      await service.tick();
      assert.equal(enforcer.block, undefined, `${strict} ${byMin}`);
    }
  }
});

Deno.test("at a start what is overdue is lifted, and said to be overdue", async () => {
  await using at = await scene();
  await at.service.start({ ...user, endMs: at.in(60), strict: true });
  at.machine.reboot(120 * MIN);
  await at.open();
  assert.equal(at.enforcer.block, undefined);
  assert.deepEqual(at.ends(), ["overdue"]);
});

Deno.test("at a start a block that was lifted on time has ended on time", async () => {
  await using at = await scene();
  const endMs = at.in(60);
  await at.service.start({ ...user, endMs });
  at.machine.pass(120 * MIN);
  at.enforcer.liftDue(at.machine.wallMs);
  await at.open();
  assert.deepEqual(at.blocks.history(1).map(({ ended, endedMs }) => [ended, endedMs]), [
    ["time", endMs],
  ]);
});

Deno.test("a block goes on over a restart until its time, not longer", async () => {
  for (const strict of [true, false]) {
    await using at = await scene();
    await at.service.start({ ...user, endMs: at.in(60), strict });
    at.machine.pass(30 * MIN);
    const service = await at.open();
    assert.deepEqual(at.enforcer.log.length, 1, "it was applied anew");
    at.machine.pass(30 * MIN);
    await service.tick();
    assert.equal(at.enforcer.block, undefined);
    assert.deepEqual(at.ends(), ["time"]);
  }
});

Deno.test("what somebody took away stays away, but a strict block comes back", async () => {
  for (const strict of [true, false]) {
    await using at = await scene();
    await at.service.start({ ...user, endMs: at.in(60), strict });
    at.enforcer.block = undefined;
    at.machine.pass(MIN);
    await at.service.tick();
    assert.equal(at.enforcer.block !== undefined, strict);
    assert.deepEqual(at.ends(), [strict ? undefined : "elsewhere"]);
  }
});

Deno.test("a strict block that cannot come back is recorded as failed", async () => {
  await using at = await scene();
  await at.service.start({ ...user, endMs: at.in(60), strict: true });
  at.enforcer.block = undefined;
  at.enforcer.applyError = new NotPermittedError("no rights");
  await assert.rejects(at.service.tick(), NotPermittedError);
  assert.deepEqual(at.ends(), ["failed"]);
});

Deno.test("what stands and is not known is left until its end, or until block off", async () => {
  await using at = await scene();
  const { enforcer, machine, service } = at;
  const stranger = () => ({ id: 900, domains: ["a.b"], startMs: at.in(0), endMs: at.in(30) });
  enforcer.block = stranger();
  await service.tick();
  assert.deepEqual((await service.state()).unknown, { endMs: at.in(30), nameCount: 1 });
  machine.pass(30 * MIN);
  await service.tick();
  assert.equal(enforcer.block, undefined);
  enforcer.block = stranger();
  await service.stop(byHand);
  assert.equal(enforcer.block, undefined);
});

Deno.test("a block that was ended and stands again is lifted at once", async () => {
  await using at = await scene();
  await at.service.start({ ...user, endMs: at.in(60) });
  const stood = at.enforcer.block;
  await at.service.stop(byHand);
  at.enforcer.block = stood;
  await at.open();
  assert.equal(at.enforcer.block, undefined);
});

Deno.test("a file that cannot be read fails aloud, and changes nothing of the history", async () => {
  await using at = await scene();
  await at.service.start({ ...user, endMs: at.in(60) });
  at.enforcer.readError = new Error("Permission denied");
  await assert.rejects(at.service.tick(), /Permission denied/);
  assert.equal((await at.service.state()).running?.id, 1);
  at.enforcer.readError = undefined;
  await at.service.tick();
  assert.deepEqual(at.ends(), [undefined]);
});

Deno.test("run() ends a block and stops when asked", async () => {
  await using at = await scene();
  const stop = new AbortController();
  const running = at.service.run(stop.signal);
  await at.service.start({ ...user, endMs: at.in(1) });
  at.machine.pass(MIN);
  await at.service.setSchedules([]);
  while (at.enforcer.block) await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  await running;
  assert.deepEqual(at.ends(), ["time"]);
});
