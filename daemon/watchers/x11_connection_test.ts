import assert from "node:assert/strict";
import { createServer } from "node:net";
import { join } from "node:path";
import { startXSession, X_SESSION_NEEDS } from "../../tests/x_session.ts";
import { UnsupportedError } from "../core/errors.ts";
import { idleX11 } from "./idle_x11.ts";
import { startWatcher } from "./testing.ts";
import { windowX11 } from "./window_x11.ts";
import { X11Connection } from "./x11_connection.ts";

const { ignore, suffix } = X_SESSION_NEEDS;
const STRICT = { sanitizeOps: true, sanitizeResources: true, sanitizeExit: true };

for (const watcher of [windowX11, idleX11]) {
  const { name } = watcher;
  const test = (claim: string, fn: () => Promise<void>) =>
    Deno.test({ ...STRICT, name: `${name} ${claim}`, fn });
  const testX = (claim: string, fn: () => Promise<void>) =>
    Deno.test({ ...STRICT, name: `${name} ${claim}${suffix}`, ignore, fn });
  const endOf = async (env: Record<string, string>) =>
    await (await startWatcher(watcher, { env })).ended;

  test("is not supported without DISPLAY", async () => {
    for (const env of [{}, { DISPLAY: "" }] as Record<string, string>[]) {
      const error = await endOf(env);
      assert.ok(error instanceof UnsupportedError);
      assert.equal(error.message, "No X11 session: DISPLAY is not set");
    }
  });

  test("says in one line why a DISPLAY cannot be reached", async () => {
    const cases: [display: string, reason: string][] = [
      ["nonsense", "it is not of the form host:number"],
      [":64999", "no server listens there"],
      // Nothing listens on the TCP port that this display means.
      ["127.0.0.1:59000", "connection refused"],
    ];
    for (const [DISPLAY, reason] of cases) {
      const error = await endOf({ DISPLAY });
      assert.ok(error && !(error instanceof UnsupportedError));
      assert.equal(error.message, `Cannot connect to X display "${DISPLAY}": ${reason}`);
    }
  });

  test("gives up connecting when it is aborted", async () => {
    const silent = createServer((socket) => socket.on("error", () => {}).resume());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    const arrived = new Promise((resolve) => silent.once("connection", resolve));
    const starting = new AbortController();
    const ended = watcher.run({
      clock: { nowMs: () => 0, monoMs: () => 0 },
      afkLimitMs: 1,
      env: (name) => name === "DISPLAY" ? `127.0.0.1:${port - 6000}` : undefined,
      ready: () => assert.fail(),
      emit: () => assert.fail(),
      signal: starting.signal,
    });
    await arrived;
    starting.abort();
    await ended;
    await new Promise((resolve) => silent.close(resolve));
  });

  testX("says in one line that the server refuses its cookie", async () => {
    const folder = await Deno.makeTempDir();
    try {
      const write = async (file: string, cookie: number) => {
        const path = join(folder, file);
        const name = new TextEncoder().encode("MIT-MAGIC-COOKIE-1");
        const data = new Uint8Array(16).fill(cookie);
        await Deno.writeFile(
          path,
          new Uint8Array([0xff, 0xff, 0, 0, 0, 0, 0, name.length, ...name, 0, 16, ...data]),
        );
        return path;
      };
      const right = await write("right", 7);
      const wrong = await write("wrong", 8);
      const env = { XAUTHORITY: right };
      await using session = await startXSession({ serverArgs: ["-auth", right], env });
      const DISPLAY = session.display;
      await using run = await startWatcher(watcher, { env: { DISPLAY, XAUTHORITY: right } });
      assert.equal(run.details.length, 1);
      for (const XAUTHORITY of [wrong, join(folder, "none")]) {
        const error = await endOf({ DISPLAY, XAUTHORITY });
        assert.match(
          error?.message ?? "",
          /^Cannot connect to X display ":\d+": (Authorization required|Invalid MIT-MAGIC-COOKIE).*$/,
        );
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

  testX("fails when the X server dies, and works on the next one", async () => {
    await using session = await startXSession();
    const env = { DISPLAY: session.display };
    const run = await startWatcher(watcher, { env });
    await session.kill();
    const error = await run.ended;
    assert.ok(error && !(error instanceof UnsupportedError));
    assert.equal(error.message, `Lost the connection to X display "${session.display}"`);
    assert.match((await endOf(env))?.message ?? "", /^Cannot connect to X display/);
    await session.restart();
    await using again = await startWatcher(watcher, { env });
    assert.equal(again.details.length, 1);
  });

  testX("resolves when it is aborted, and closes its connection", async () => {
    await using session = await startXSession();
    const run = await startWatcher(watcher, { env: { DISPLAY: session.display } });
    assert.equal(await run.stop(), undefined);
  });

  testX("rejects with what emit throws", async () => {
    await using session = await startXSession();
    const broken = new Error("store is broken");
    const run = await startWatcher(watcher, {
      env: { DISPLAY: session.display },
      onUpdate() {
        throw broken;
      },
    });
    assert.equal(await run.ended, broken);
  });
}

Deno.test({
  ...STRICT,
  name: `X11Connection numbers atoms for each server anew${suffix}`,
  ignore,
  async fn() {
    await using first = await startXSession({ windowManager: false });
    await using second = await startXSession({ windowManager: false });
    const { signal } = new AbortController();
    const open = ({ display }: { display: string }) =>
      X11Connection.open(display, { env: () => undefined, signal });
    const a = await open(first);
    const b = await open(second);
    await a.atom("ONLY_ON_THE_FIRST");
    const onFirst = await a.atom("ON_BOTH");
    const onSecond = await b.atom("ON_BOTH");
    assert.notEqual(onFirst, onSecond);
    assert.equal(await a.atom("ON_BOTH"), onFirst);
    await Promise.all([a.close(), b.close()]);
  },
});
