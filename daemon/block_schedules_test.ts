import assert from "node:assert/strict";
import type { BlockSchedule } from "./core/block_schedule.ts";
import { NotPermittedError } from "./core/errors.ts";
import { blockScene as scene, MIN } from "./testing.ts";

const byHand = { actor: "user", emergency: false } as const;

/** 2026-01-14, a Wednesday, 10:00 to 11:00 UTC; the machine's clock begins at 9:00. */
const schedule: BlockSchedule = {
  days: ["wed"],
  fromMin: 600,
  toMin: 660,
  lists: ["news"],
  domains: [],
  strict: false,
};

Deno.test("a schedule begins and ends by itself", async () => {
  await using at = await scene();
  const { service, enforcer, machine } = at;
  await service.setSchedules([schedule]);
  assert.equal((await service.state()).next?.startMs, at.in(60));
  assert.equal(service.nextTickMs, 30_000);
  machine.pass(60 * MIN - 10_000);
  assert.equal(service.nextTickMs, 10_000);
  machine.pass(10_000);
  await service.tick();
  assert.equal(enforcer.log.at(-1), "apply 1 by schedule");
  assert.equal(enforcer.block?.endMs, at.in(60));
  machine.pass(60 * MIN);
  await service.tick();
  assert.equal(enforcer.block, undefined);
  assert.deepEqual(at.ends(), ["time"]);
});

Deno.test("a schedule that was ended by hand does not begin again in its time, also after a restart", async () => {
  await using at = await scene();
  await at.service.setSchedules([schedule]);
  at.machine.pass(70 * MIN);
  await at.service.tick();
  await at.service.stop(byHand);
  await at.service.tick();
  await (await at.open()).tick();
  assert.equal(at.enforcer.block, undefined);
  at.machine.pass(7 * 1_440 * MIN);
  await at.service.tick();
  assert.ok(at.enforcer.block, "it begins again a week later");
});

Deno.test("a scheduled block that may not begin is tried every 5 minutes and written down once", async () => {
  await using at = await scene();
  const { service, enforcer, machine } = at;
  await service.setSchedules([schedule]);
  machine.pass(60 * MIN);
  for (let minute = 0; minute < 12; minute++) {
    enforcer.applyError = new NotPermittedError("prodtracker block setup gives the right");
    assert.match(await service.tick() ?? "", /could not begin: prodtracker block setup/);
    machine.pass(MIN);
  }
  assert.deepEqual(at.ends(), ["failed"]);
  enforcer.applyError = undefined;
  machine.pass(4 * MIN);
  assert.equal(await service.tick(), undefined);
  assert.ok(enforcer.block);
});

Deno.test("a schedule may last longer than a block: a day on which the clock is put back", async () => {
  await using at = await scene();
  const always = { ...schedule, days: ["wed", "thu"] as const, fromMin: 540, toMin: 540 };
  await at.service.setSchedules([always]);
  await at.service.tick();
  assert.equal(at.enforcer.block?.endMs, at.in(1_440));
  at.machine.pass(1_440 * MIN);
  await at.service.tick();
  assert.equal(at.enforcer.block?.endMs, at.in(1_440), "Thursday's follows");
});

Deno.test("setSchedules() refuses lists and names that do not exist", async () => {
  await using at = await scene();
  for (const wrong of [{ lists: ["nope"] }, { domains: ["localhost"] }]) {
    await assert.rejects(at.service.setSchedules([{ ...schedule, ...wrong }]), RangeError);
  }
  assert.deepEqual(at.service.schedules(), []);
});
