/** Who says that the screen is locked, on real buses: programs that come and go, and buses that do. */
import assert from "node:assert/strict";
import { systemClock } from "../../daemon/os/clock.ts";
import { watchSession } from "../../daemon/watchers/session_watch.ts";
import { waitFor } from "../daemon_process.ts";
import { BUS_NEEDS, sendForged, startBus, startLogind, startSaver } from "./buses.ts";

const { ignore, suffix } = BUS_NEEDS;

function watch(addresses: { readonly system?: string; readonly session?: string }) {
  const stop = new AbortController();
  const said: string[] = [];
  let health = ["", ""];
  const running = watchSession({
    clock: systemClock,
    env: () => undefined,
    signal: stop.signal,
    address: (bus) => addresses[bus],
    onLock: (isLocked) => void said.push(`locked ${isLocked}`),
    onSleep: (isAsleep) => void said.push(`asleep ${isAsleep}`),
    report: (...words) => health = words,
  });
  return {
    said,
    /** Resolves when the last words were these. */
    hears: (...words: string[]) =>
      waitFor(() => said.slice(-words.length).join() === words.join() || undefined)
        .catch(() => assert.deepEqual(said, words)),
    is: (status: string, detail: RegExp) =>
      waitFor(() => health[0] === status && detail.test(health[1]) || undefined)
        .catch(() => assert.fail(`the part is ${health.join(": ")}`)),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

Deno.test({
  name: `without any D-Bus nobody tells, and that is no trouble${suffix}`,
  ignore,
  async fn() {
    await using watcher = watch({ system: "unix:path=/nonexistent/bus" });
    await watcher.is("off", /^no D-Bus answers/);
    assert.deepEqual(watcher.said, []);
  },
});

Deno.test({
  name: `logind tells of the lock, of a request for it and of sleep${suffix}`,
  ignore,
  async fn() {
    await using bus = await startBus();
    using logind = await startLogind(bus.address, true);
    await using watcher = watch({ system: bus.address });
    await watcher.is("ok", /lock of the screen is told by logind, sleep by logind/);
    await watcher.hears("locked true");
    logind.hint(false);
    await watcher.hears("locked true", "locked false");
    logind.sleep(true);
    logind.sleep(false);
    await watcher.hears("asleep true", "asleep false");
    logind.ask("Lock");
    await watcher.hears("locked true");
    logind.ask("Unlock");
    await watcher.hears("locked false");
  },
});

Deno.test({
  name: `who stops to watch in a sleep does not tell that it is over${suffix}`,
  ignore,
  async fn() {
    await using bus = await startBus();
    using logind = await startLogind(bus.address);
    const watcher = watch({ system: bus.address });
    await watcher.is("ok", /sleep by logind/);
    logind.sleep(true);
    await watcher.hears("asleep true");
    await watcher[Symbol.asyncDispose]();
    assert.deepEqual(watcher.said.filter((word) => word.startsWith("asleep")), ["asleep true"]);
  },
});

for (const desktop of ["freedesktop", "gnome", "cinnamon", "mate", "xfce"]) {
  Deno.test({
    name: `the ${desktop} screen saver tells when it covers the screen, from its start on${suffix}`,
    ignore,
    async fn() {
      await using bus = await startBus();
      await using watcher = watch({ session: bus.address });
      await watcher.is("ok", /lock of the screen is told by nobody/);
      {
        using saver = await startSaver(bus.address, desktop, true);
        await watcher.hears("locked true");
        saver.cover(false);
        await watcher.hears("locked false");
        saver.cover(true);
        await watcher.hears("locked true");
      }
      // It crashed: nobody can tell.
      await watcher.hears("locked undefined");
      using _again = await startSaver(bus.address, desktop);
      await watcher.hears("locked false");
      await watcher.is("ok", new RegExp(`told by org.${desktop}.ScreenSaver, sleep by nobody`));
    },
  });
}

Deno.test({
  name:
    `nobody else on a bus can say that the screen is locked, or that the machine sleeps${suffix}`,
  ignore,
  async fn() {
    await using bus = await startBus();
    using logind = await startLogind(bus.address);
    using _saver = await startSaver(bus.address, "gnome");
    await using watcher = watch({ system: bus.address, session: bus.address });
    await watcher.is("ok", /told by logind, org.gnome.ScreenSaver/);
    await watcher.hears("locked false");
    await sendForged(bus.address);
    logind.sleep(true);
    await watcher.hears("asleep true");
    assert.deepEqual(watcher.said, ["locked false", "asleep true"]);
  },
});

Deno.test({
  name: `a bus that goes away and comes back, and a logind that does${suffix}`,
  ignore,
  async fn() {
    await using system = await startBus();
    await using session = await startBus();
    await using watcher = watch({ system: system.address, session: session.address });
    {
      using logind = await startLogind(system.address);
      await watcher.hears("locked false");
      logind.hint(true);
      await watcher.hears("locked true");
      logind.sleep(true);
      await watcher.hears("asleep true");
    }
    // A machine whose logind is gone is not held for asleep until it is back.
    await watcher.hears("asleep false", "locked undefined");
    await watcher.is("degraded", /^logind went away; .* told by nobody/);
    {
      using _logind = await startLogind(system.address, true);
      await watcher.hears("locked true");
      await watcher.is("ok", /told by logind/);
      await system.kill();
      await watcher.hears("locked undefined");
      await watcher.is("degraded", /^the D-Bus system went away \(.*next try in/);
    }
    {
      using saver = await startSaver(session.address, "gnome");
      await watcher.hears("locked false");
      await session.kill();
      await watcher.hears("locked undefined");
      await watcher.is("degraded", /system.*session went away/);
      saver[Symbol.dispose]();
    }
    await system.start();
    await session.start();
    using logind = await startLogind(system.address);
    using saver = await startSaver(session.address, "gnome");
    await watcher.is("ok", /told by logind, org.gnome.ScreenSaver, sleep by logind$/);
    await watcher.hears("locked false");
    // Both know.
    saver.cover(true);
    logind.hint(true);
    await watcher.hears("locked true");
    logind.hint(false);
    saver.cover(false);
    await watcher.hears("locked true", "locked false");
  },
});
