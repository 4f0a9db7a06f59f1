import assert from "node:assert/strict";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../../tests/x_session.ts";
import { UnsupportedError } from "../core/errors.ts";
import { idleX11 } from "./idle_x11.ts";
import { startWatcher } from "./testing.ts";

const { ignore, suffix } = X_SESSION_NEEDS;
const AFK_LIMIT_MS = 1_500;
const CLOSE_MS = 300;

function testX(claim: string, fn: (session: XSession) => Promise<void>): void {
  Deno.test({
    name: `idleX11 ${claim}${suffix}`,
    ignore,
    sanitizeOps: true,
    sanitizeResources: true,
    sanitizeExit: true,
    async fn() {
      await using session = await startXSession();
      await fn(session);
    },
  });
}

const start = ({ display }: XSession, afkLimitMs = AFK_LIMIT_MS) =>
  startWatcher(idleX11, { env: { DISPLAY: display }, afkLimitMs });

function assertClose(actualMs: number, expectedMs: number): void {
  assert.ok(Math.abs(actualMs - expectedMs) < CLOSE_MS, `${actualMs - expectedMs} ms off`);
}

testX("tells each absence, dated back to the last input, and each return", async (session) => {
  await session.xdotool("mousemove", "10", "10");
  await using run = await start(session);
  const [first] = run.updates;
  assert.equal(first.kind, "not-afk");
  assertClose(first.atMs, Date.now());
  for (const input of [["mousemove", "20", "20"], ["key", "a"], ["click", "1"]]) {
    await session.xdotool(...input);
    const lastInputMs = Date.now();
    run.clear();
    const away = await run.find(({ kind }) => kind === "afk");
    assertClose(away.atMs, lastInputMs);
    assertClose(Date.now(), lastInputMs + AFK_LIMIT_MS);
    await session.xdotool("mousemove_relative", "1", "1");
    const back = await run.find(({ kind }) => kind === "not-afk");
    assertClose(back.atMs, Date.now());
    assert.deepEqual(run.updates.map(({ kind }) => kind), ["afk", "not-afk"]);
  }
});

testX("does not take input within the limit for an absence", async (session) => {
  await using run = await start(session);
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, AFK_LIMIT_MS / 2));
    await session.xdotool("mousemove", String(i + 1), "5");
  }
  assert.deepEqual(run.updates.map(({ kind }) => kind), ["not-afk"]);
});

testX("tells at once that nobody has been there for longer than the limit", async (session) => {
  await session.xdotool("mousemove", "10", "10");
  const lastInputMs = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await using run = await start(session, 400);
  const [first, ...more] = run.updates;
  assert.deepEqual([first.kind, more], ["afk", []]);
  assertClose(first.atMs, lastInputMs);
  await session.xdotool("key", "a");
  assertClose((await run.find(({ kind }) => kind === "not-afk")).atMs, Date.now());
});

Deno.test({
  name: "idleX11 is not supported by a server without SYNC",
  sanitizeOps: true,
  sanitizeResources: true,
  async fn() {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const serving = serveWithoutExtensions(listener);
    const DISPLAY = `127.0.0.1:${(listener.addr as Deno.NetAddr).port - 6000}`;
    const error = await (await startWatcher(idleX11, { env: { DISPLAY } })).ended;
    assert.ok(error instanceof UnsupportedError, String(error));
    assert.equal(error.message, `X display "${DISPLAY}" has no SYNC extension to tell idle time`);
    listener.close();
    await serving;
  },
});

/** An X server for one client that greets it and then says to every question that there is no such thing. */
async function serveWithoutExtensions(listener: Deno.Listener): Promise<void> {
  using conn = await listener.accept();
  const buffer = new Uint8Array(4_096);
  await conn.read(buffer);
  const setup = new DataView(new ArrayBuffer(80));
  setup.setUint8(0, 1);
  setup.setUint16(6, 18, true);
  setup.setUint8(28, 1); // one screen, without depths
  await conn.write(new Uint8Array(setup.buffer));
  for (let sequence = 1; await conn.read(buffer) !== null; sequence++) {
    const reply = new DataView(new ArrayBuffer(32));
    reply.setUint8(0, 1);
    reply.setUint16(2, sequence, true);
    await conn.write(new Uint8Array(reply.buffer));
  }
}
