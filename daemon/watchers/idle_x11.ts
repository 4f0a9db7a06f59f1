/**
 * Being away on X11: alarms of the server's own idle counter, so that nothing runs in between.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import type { Watcher, WatcherContext } from "../core/ports.ts";
import { runOnX11, type X11Connection } from "./x11_connection.ts";
import type { XSync } from "./x11_module.ts";

export const idleX11: Watcher = {
  name: "idle_x11",
  watches: "idle",
  async run(context) {
    await runOnX11(context, async (connection) => {
      await watchIdle(connection, context);
      await connection.ended;
    });
  },
};

/** @throws {UnsupportedError} when the server does not count idle time. */
async function watchIdle(
  connection: X11Connection,
  { clock, afkLimitMs, emit, ready }: WatcherContext,
): Promise<void> {
  const where = `X display "${connection.display}"`;
  const sync = await connection.sync();
  if (!sync) throw new UnsupportedError(`${where} has no SYNC extension to tell idle time`);
  const counter = await findIdleCounter(connection, sync);
  if (counter === undefined) throw new UnsupportedError(`${where} has no IDLETIME counter`);

  let afk: boolean | undefined;
  const judge = (idleMs: number, nowMs: number) => {
    const isAfk = idleMs >= afkLimitMs;
    if (isAfk === afk) return;
    // That the person is here is known from now on, not from the last input before we looked.
    const atMs = afk === undefined && !isAfk ? nowMs : nowMs - idleMs;
    afk = isAfk;
    emit({ kind: isAfk ? "afk" : "not-afk", atMs });
  };

  // Transition alarms with a delta of 0 stay armed: each goes off every time its line is crossed.
  const createAlarm = (value: number, testType: number) =>
    connection.send((client) => {
      sync.CreateAlarm(client.AllocID(), { counter, value, testType, delta: 0, events: 1 });
    });
  connection.onEvent(({ name, counterValue }) => {
    if (name === "AlarmNotify" && counterValue !== undefined) judge(counterValue, clock.nowMs());
  });
  createAlarm(afkLimitMs, sync.TestType.PositiveTransition);
  createAlarm(afkLimitMs - 1, sync.TestType.NegativeTransition);
  // After the alarms, so that no crossing falls between this first answer and them.
  const idleMs = await connection.ask<number>((_, reply) => sync.QueryCounter(counter, reply));
  judge(idleMs, clock.nowMs());
  ready(`${where}, SYNC counter IDLETIME`);
}

async function findIdleCounter(
  connection: X11Connection,
  sync: XSync,
): Promise<number | undefined> {
  const counters = await connection.ask<readonly { counter: number; name: string }[]>((_, reply) =>
    sync.ListSystemCounters(reply)
  );
  return counters.find(({ name }) => name === "IDLETIME")?.counter;
}
