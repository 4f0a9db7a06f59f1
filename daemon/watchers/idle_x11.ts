/**
 * Being away on X11: alarms of the server's own idle counter, so that nothing runs in between.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import type { Watcher, WatcherContext } from "../core/ports.ts";
import { runOnX11, type X11Connection } from "./x11_connection.ts";
import {
  parseCounter,
  parseSystemCounters,
  syncCreateAlarm,
  syncListSystemCounters,
  syncQueryCounter,
  TEST_TYPE,
} from "./x11_protocol.ts";

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
  if (sync === undefined) {
    throw new UnsupportedError(`${where} has no SYNC extension to tell idle time`);
  }
  const counters = await connection.ask(syncListSystemCounters(sync), parseSystemCounters);
  const counter = counters.get("IDLETIME");
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
    connection.send(syncCreateAlarm(sync, { id: connection.newId(), counter, value, testType }));
  connection.onEvent((event) => {
    if (event.name === "AlarmNotify") judge(event.value, clock.nowMs());
  });
  createAlarm(afkLimitMs, TEST_TYPE.PositiveTransition);
  createAlarm(afkLimitMs - 1, TEST_TYPE.NegativeTransition);
  // After the alarms, so that no crossing falls between this first answer and them.
  const idleMs = await connection.ask(syncQueryCounter(sync, counter), parseCounter);
  judge(idleMs, clock.nowMs());
  ready(`${where}, SYNC counter IDLETIME`);
}
