import assert from "node:assert/strict";
import { waitFor } from "../../tests/daemon_process.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../../tests/x_session.ts";
import type { WatcherUpdate } from "../core/ports.ts";
import type { FocusedWindow } from "../core/types.ts";
import { startWatcher, type WatcherRun } from "./testing.ts";
import { windowX11 } from "./window_x11.ts";
import { X11Connection } from "./x11_connection.ts";
import { TITLE_LIMIT } from "./x11_text.ts";

const { ignore, suffix } = X_SESSION_NEEDS;

function testX(
  claim: string,
  fn: (session: XSession, run: WatcherRun) => Promise<void>,
  { windowManager = true } = {},
): void {
  Deno.test({
    name: `windowX11 ${claim}${suffix}`,
    ignore,
    sanitizeOps: true,
    sanitizeResources: true,
    sanitizeExit: true,
    async fn() {
      await using session = await startXSession({ windowManager });
      await using run = await startWatcher(windowX11, { env: { DISPLAY: session.display } });
      await fn(session, run);
    },
  });
}

const windowOf = (update: WatcherUpdate): FocusedWindow | undefined =>
  update.kind === "window" ? update.window : undefined;
const hasTitle = (title: string) => (update: WatcherUpdate) => windowOf(update)?.title === title;
const isNone = (update: WatcherUpdate) => update.kind === "window" && update.window === undefined;

/** Waits for a window with this title. */
const findWindow = (session: XSession, title: string) =>
  waitFor(() =>
    session.xdotool("search", "--onlyvisible", "--name", `^${title}$`).catch(() => undefined)
  );

/**
 * Takes the places of connections that have ended. X gives the numbers of dead windows to the next connection's,
 * and openbox now and then takes the old one's end for the new one's, and never shows it.
 */
async function takePlaces({ display }: XSession, count: number): Promise<AsyncDisposable> {
  const { signal } = new AbortController();
  const open = () => X11Connection.open(display, { env: () => undefined, signal });
  const connections = await Promise.all(Array.from({ length: count }, open));
  return {
    async [Symbol.asyncDispose]() {
      for (const connection of connections) await connection.close();
    },
  };
}

/** Opens a window and gives it the focus, which openbox does by itself only mostly. */
async function open(session: XSession, run: WatcherRun, title: string, command: string[]) {
  const child = session.run(command[0], ...command.slice(1));
  const id = await findWindow(session, title);
  await session.xdotool("windowactivate", "--sync", id);
  return { child, id, update: await run.find(hasTitle(title)) };
}

/** Opens a terminal that keeps its title. */
const openTerminal = (session: XSession, run: WatcherRun, title: string) =>
  open(session, run, title, ["xterm", "-T", title, "-e", "sleep", "1000"]);

const openMessage = (session: XSession, run: WatcherRun, title: string) =>
  open(session, run, title, ["xmessage", "-title", title, "text"]);

/** Sets a property as any program may: whatever type, whatever bytes. */
async function setProperty(
  { display }: XSession,
  { id, name, type }: { id: string; name: string; type: string },
  bytes: Uint8Array | string,
): Promise<void> {
  const { signal } = new AbortController();
  const connection = await X11Connection.open(display, { env: () => undefined, signal });
  const [nameAtom, typeAtom] = [await connection.atom(name), await connection.atom(type)];
  connection.send(changeProperty(Number(id), nameAtom, typeAtom, bytes));
  // An answer to anything says that what was asked before it is done.
  await connection.atom("done");
  await connection.close();
}

/** The request ChangeProperty (replace, 8 bits an element), which the product never makes. */
function changeProperty(
  window: number,
  name: number,
  type: number,
  value: Uint8Array | string,
): Uint8Array {
  const data = typeof value === "string" ? new TextEncoder().encode(value) : value;
  const bytes = new Uint8Array(24 + Math.ceil(data.length / 4) * 4);
  const view = new DataView(bytes.buffer);
  bytes[0] = 18;
  view.setUint16(2, bytes.length / 4, true);
  [window, name, type, 8, data.length].forEach((word, i) => view.setUint32(4 + 4 * i, word, true));
  bytes.set(data, 24);
  return bytes;
}

testX("reports that nothing has the focus on an empty desktop", async (_, run) => {
  const update = await run.find(isNone);
  assert.ok(Math.abs(Date.now() - update.atMs) < 1_000);
  assert.match(run.details.join("|"), /^X display ":\d+", active window of Openbox$/);
});

testX(
  "follows the focus, with app, title, process and the time of the switch",
  async (session, run) => {
    const one = await openTerminal(session, run, "one = 1 ☕ 👩‍💻");
    assert.deepEqual(windowOf(one.update), {
      app: "XTerm",
      title: "one = 1 ☕ 👩‍💻",
      pid: one.child.pid,
    });
    const two = await openMessage(session, run, "héllo");
    assert.equal(windowOf(two.update)?.app, "Xmessage");
    run.clear();
    for (let i = 0; i < 5; i++) {
      for (const id of [one.id, two.id]) {
        const beforeMs = Date.now();
        await session.xdotool("windowactivate", "--sync", id);
        const afterMs = Date.now();
        const update = await run.find((each) => each.atMs >= beforeMs);
        assert.equal(windowOf(update)?.title, id === one.id ? "one = 1 ☕ 👩‍💻" : "héllo");
        assert.ok(update.atMs <= afterMs + 50);
      }
    }
    assert.equal(run.updates.length, 10, "openbox's moments without a window are not told");
  },
);

testX("tells a title that runs about once a second, and the last one", async (session, run) => {
  const loop = "for i in $(seq 300); do printf '\\033]0;run %s\\007' $i; sleep 0.005; done; " +
    "printf '\\033]0;stands\\007'; sleep 1000";
  const child = session.run("xterm", "-e", "bash", "-c", loop);
  assert.ok(child.pid);
  await run.find(hasTitle("stands"));
  const titles = run.updates.map((update) => windowOf(update)?.title);
  assert.ok(titles.length < 25, `${titles.length} titles were told`);
  assert.equal(titles.at(-1), "stands");
});

testX("follows title changes, and tells each once", async (session, run) => {
  const { id } = await openTerminal(session, run, "before");
  run.clear();
  for (const title of ["a=b&c", "Ещё 日本語", "👩‍💻 = ☕"]) {
    // Sets WM_NAME, _NET_WM_NAME and their icon twins: four properties, one title.
    await session.xdotool("set_window", "--name", title, id);
    await run.find(hasTitle(title));
  }
  await openTerminal(session, run, "after");
  assert.deepEqual(run.updates.map((update) => windowOf(update)?.title), [
    "a=b&c",
    "Ещё 日本語",
    "👩‍💻 = ☕",
    "after",
  ]);
});

testX("reads WM_NAME as Xlib writes it, in COMPOUND_TEXT and in Latin-1", async (session, run) => {
  const titles = {
    COMPOUND_TEXT: "héllo Привет 日本語 한국어 Ελλ ☕",
    STRING: "crème brûlée",
  };
  for (const [type, title] of Object.entries(titles)) {
    const { id } = await openMessage(session, run, title);
    assert.match(await session.output("xprop", "-id", id, "WM_NAME"), new RegExp(`\\(${type}\\)`));
    // Openbox translates titles; only without its copy is the program's own one read.
    await setProperty(session, { id, name: "_NET_WM_VISIBLE_NAME", type: "UTF8_STRING" }, "copy");
    await run.find(hasTitle("copy"));
    run.clear();
    await session.output("xprop", "-id", id, "-remove", "_NET_WM_VISIBLE_NAME");
    await run.find(hasTitle(title));
    run.clear();
  }
});

testX("survives broken, missing and enormous properties", async (session, run) => {
  const { id } = await openTerminal(session, run, "sound");
  const title = { id, name: "_NET_WM_NAME", type: "UTF8_STRING" };
  await setProperty(session, title, new Uint8Array([0x61, 0xff, 0xe2, 0x98, 0x62]));
  await run.find(hasTitle("a\uFFFD\uFFFDb"));
  await setProperty(session, title, "é".repeat(30_000));
  await run.find(hasTitle("é".repeat(TITLE_LIMIT)));
  await setProperty(session, { id, name: "WM_CLASS", type: "STRING" }, "");
  await setProperty(session, { id, name: "_NET_WM_PID", type: "STRING" }, "no number");
  for (const name of ["_NET_WM_NAME", "WM_NAME"]) {
    await session.output("xprop", "-id", id, "-remove", name);
  }
  // Openbox gives it a name of its own.
  await run.find(hasTitle("Unnamed Window"));
  await session.output("xprop", "-id", id, "-remove", "_NET_WM_VISIBLE_NAME");
  const bare = await run.find((update) => {
    const window = windowOf(update);
    return window !== undefined && window.title === undefined && window.pid === undefined;
  });
  assert.deepEqual(windowOf(bare), {});
});

testX("turns to the next window, or to none, when one is killed", async (session, run) => {
  const one = await openTerminal(session, run, "one");
  const two = await openTerminal(session, run, "two");
  run.clear();
  two.child.kill("SIGKILL");
  await run.find(hasTitle("one"));
  run.clear();
  const killedMs = Date.now();
  one.child.kill("SIGKILL");
  const none = await run.find(isNone);
  assert.ok(none.atMs >= killedMs && none.atMs - killedMs < 300, `${none.atMs - killedMs} ms`);
});

testX("sees the last window withdrawn, and shown again", async (session, run) => {
  const { id } = await openTerminal(session, run, "shy");
  run.clear();
  await session.xdotool("windowunmap", "--sync", id);
  await run.find(isNone);
  await session.xdotool("windowmap", "--sync", id, "windowactivate", id);
  await run.find(hasTitle("shy"));
  assert.equal(run.updates.length, 2);
});

testX("survives windows that come and die at once", async (session, run) => {
  const dying = Array.from({ length: 15 }, () => session.run("xterm", "-e", "true"));
  await Promise.all(dying.map((child) => child.status));
  await using _places = await takePlaces(session, 20);
  await openTerminal(session, run, "alive");
  run.clear();
  await openTerminal(session, run, "and well");
  assert.deepEqual(run.updates.map((update) => windowOf(update)?.title), ["and well"]);
});

testX("ends a burst of switches on the window that has the focus", async (session, run) => {
  const one = await openTerminal(session, run, "one");
  const two = await openTerminal(session, run, "two");
  run.clear();
  const burst = Array.from({ length: 20 }, () => [two, one]).flat();
  await session.xdotool(...burst.flatMap(({ id }) => ["windowactivate", id]));
  await session.xdotool("set_window", "--name", "done", one.id);
  // Openbox works the burst off in its own time; its last word is what counts.
  await waitFor(() => run.updates.slice(-1).some(hasTitle("done")) || undefined);
  const titles = run.updates.map((update) => windowOf(update)?.title);
  assert.ok(titles.slice(1).every((title, i) => title !== titles[i]), "never the same twice");
});

testX("goes on by the input focus when the window manager dies, and back", async (session, run) => {
  const killManager = await session.startWindowManager();
  await using own = await startWatcher(windowX11, { env: { DISPLAY: session.display } });
  assert.match(own.details[0], /active window of Openbox$/);
  const one = await openTerminal(session, own, "one");
  const two = await openTerminal(session, own, "two");
  own.clear();
  await killManager();
  // Its word stays behind on the root window and is true no longer.
  assert.equal(await session.xdotool("getactivewindow"), two.id);
  await session.xdotool("windowfocus", "--sync", one.id);
  await own.find(hasTitle("one"));
  await session.startWindowManager();
  await session.xdotool("windowactivate", "--sync", two.id);
  await own.find(hasTitle("two"));
  assert.equal(run.details.length, 1);
}, { windowManager: false });

testX("follows the input focus where there is no window manager", async (session, run) => {
  assert.match(run.details[0], /input focus, as no window manager tells the active window$/);
  const focus = async (title: string) => {
    const id = await findWindow(session, title);
    await session.xdotool("windowfocus", "--sync", id);
    return (await run.find(hasTitle(title)));
  };
  session.run("xmessage", "-title", "héllo", "text");
  assert.deepEqual(windowOf(await focus("héllo")), { app: "Xmessage", title: "héllo" });
  const terminal = session.run("xterm", "-T", "one", "-e", "sleep", "1000");
  const one = await focus("one");
  assert.deepEqual(windowOf(one), { app: "XTerm", title: "one", pid: terminal.pid });
  run.clear();
  terminal.kill("SIGKILL");
  await run.find(isNone);
  await focus("héllo");
}, { windowManager: false });
