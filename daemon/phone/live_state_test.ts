import assert from "node:assert/strict";
import { waitFor } from "../../tests/daemon_process.ts";
import { needs } from "../../tests/programs.ts";
import { REDIS_PASSWORD, startRedis } from "../../tests/redis_server.ts";
import { openLiveState } from "./live.ts";
import type { LiveBeat, LiveState } from "./live_state.ts";

const NOW_MS = Date.UTC(2026, 0, 31, 12, 0, 30);
const RATE = { perMinute: 30, burst: 3 };
const redis = needs("redis-server", "redis-cli");

/** A heartbeat of `device`, `seconds` from now. */
function beat(device: string, seconds = 0, fields: Partial<LiveBeat> = {}): LiveBeat {
  return {
    deviceId: device,
    atMs: NOW_MS + seconds * 1000,
    screenOn: true,
    app: "youtube",
    distracting: true,
    digest: `${device}${seconds}`.padEnd(32, "0"),
    ...fields,
  };
}

interface Reported {
  status?: string;
  detail?: string;
}

async function open(
  settings: Record<string, unknown>,
  restore: LiveBeat[] = [],
  answerMs?: number,
) {
  const said: Reported = {};
  const state = await openLiveState({
    settings,
    defaults: { redisPort: 6379, redisDb: 0 },
    rate: RATE,
    report: (status, detail) => Object.assign(said, { status, detail }),
    restore: (deviceId) => restore.filter((each) => each.deviceId === deviceId),
    answerMs,
  });
  return { state, said };
}

/** What every live state does. */
function suite(
  kind: LiveState["kind"],
  withState: (act: (state: LiveState) => Promise<void>) => Promise<void>,
) {
  const { ignore, suffix } = kind === "redis" ? redis : { ignore: false, suffix: "" };
  const test = (claim: string, act: (state: LiveState) => Promise<void>) =>
    Deno.test({
      name: `the ${kind} live state ${claim}${suffix}`,
      ignore,
      fn: () => withState(act),
    });

  test("lets a burst through, then as many as the rate allows", async (state) => {
    assert.equal(state.kind, kind);
    for (let i = 0; i < RATE.burst; i++) {
      assert.deepEqual(await state.admit("p", `d${i}`, NOW_MS), { verdict: "go on" });
    }
    assert.deepEqual(await state.admit("p", "d9", NOW_MS), { verdict: "limited", retryAfterS: 2 });
    assert.deepEqual(await state.admit("other", "d9", NOW_MS), { verdict: "go on" });
    assert.deepEqual(await state.admit("p", "d9", NOW_MS + 2_000), { verdict: "go on" });
    assert.equal((await state.admit("p", "d9", NOW_MS + 2_000)).verdict, "limited");
    // A clock set back gives nothing, and takes nothing.
    assert.equal((await state.admit("p", "d9", NOW_MS - 60_000)).verdict, "limited");
  });

  test("knows what was committed as a replay, of that device", async (state) => {
    const first = beat("p");
    state.committed(first, NOW_MS);
    const isKnown = async () => (await state.admit("p", first.digest, NOW_MS)).verdict === "replay";
    await waitFor(async () => await isKnown() || undefined);
    assert.deepEqual(await state.admit("q", first.digest, NOW_MS), { verdict: "go on" });
  });

  test("tells the newest heartbeat, whatever came last", async (state) => {
    assert.equal(await state.last("p"), undefined);
    state.committed(beat("p", 30), NOW_MS);
    state.committed(beat("p", 0, { app: undefined }), NOW_MS);
    const newest = await waitFor(() => state.last("p"));
    assert.deepEqual(newest, beat("p", 30));
  });

  test("counts by the minute of the heartbeat", async (state) => {
    state.committed(beat("p", 0), NOW_MS);
    state.committed(beat("p", 10, { distracting: false }), NOW_MS);
    state.committed(beat("p", -60, { screenOn: false, distracting: false }), NOW_MS);
    state.committed(beat("p", -600), NOW_MS);
    const minute = NOW_MS - 30_000;
    const expected = [
      { minuteMs: minute - 60_000, beats: 1, screenOnBeats: 0, distractingBeats: 0 },
      { minuteMs: minute, beats: 2, screenOnBeats: 2, distractingBeats: 1 },
    ];
    await waitFor(async () => (await state.minutes("p", 5, NOW_MS)).length === 2 || undefined);
    assert.deepEqual(await state.minutes("p", 5, NOW_MS), expected);
    assert.deepEqual(await state.minutes("p", 1, NOW_MS), expected.slice(1));
  });

  test("forgets a device and no other", async (state) => {
    for (const device of ["p", "p2"]) state.committed(beat(device), NOW_MS);
    await waitFor(() => state.last("p2"));
    await state.forget("p");
    assert.equal(await state.last("p"), undefined);
    assert.ok(await state.last("p2"));
    assert.deepEqual(await state.admit("p", beat("p").digest, NOW_MS), { verdict: "go on" });
  });
}

suite("embedded", async (act) => {
  const { state, said } = await open({});
  await act(state);
  await state.close();
  assert.deepEqual(said, { status: "ok", detail: "embedded" });
});

suite("redis", async (act) => {
  await using server = await startRedis();
  // What Redis says is looked at here, not how soon: the machine may be busy.
  const { state, said } = await open({ REDIS_URL: server.url }, [], 10_000);
  try {
    await act(state);
    assert.deepEqual(said, { status: "ok", detail: `Redis at 127.0.0.1:${server.port}` });
    // Every key carries its device as the hash tag, and an end.
    for (const key of (await server.ask("KEYS", "*")).trim().split("\n").filter(Boolean)) {
      assert.match(key, /^prodtracker:\{\w+\}:/);
      assert.ok(Number(await server.ask("PTTL", key)) > 0, key);
    }
  } finally {
    await state.close();
  }
});

Deno.test("the embedded live state is what it was after a restart", async () => {
  const { state } = await open({}, [beat("p", -120), beat("p", 0), beat("q", 10)]);
  assert.deepEqual(await state.last("p"), beat("p", 0));
  assert.equal((await state.admit("p", beat("p", -120).digest, NOW_MS)).verdict, "replay");
  assert.equal((await state.minutes("p", 60, NOW_MS)).length, 2);
});

const testRedis = (claim: string, fn: () => Promise<void>) =>
  Deno.test({ name: `a Redis ${claim}${redis.suffix}`, ignore: redis.ignore, fn });

testRedis(
  "with another password is told of, without either, and the embedded state decides",
  async () => {
    await using server = await startRedis();
    const { state, said } = await open({
      REDIS_HOST: "127.0.0.1",
      REDIS_PORT: server.port,
      REDIS_PASSWORD: "not-the-right-one",
    });
    assert.equal(said.status, "degraded");
    assert.match(said.detail!, /^Redis at 127\.0\.0\.1:\d+: .*(WRONGPASS|invalid).*embedded/i);
    assert.ok(
      !said.detail!.includes("not-the-right-one") && !said.detail!.includes(REDIS_PASSWORD),
    );
    assert.deepEqual(await state.admit("p", "d", NOW_MS), { verdict: "go on" });
    await state.close();
  },
);

testRedis("that dies is done without, and used again when it is back", async () => {
  await using server = await startRedis();
  const { state, said } = await open({ REDIS_URL: server.url });
  state.committed(beat("p"), NOW_MS);
  await waitFor(() => state.last("p"));
  await server.kill();
  for (let i = 0; i < RATE.burst; i++) {
    assert.equal((await state.admit("x", `d${i}`, NOW_MS)).verdict, "go on");
  }
  assert.equal((await state.admit("x", "d", NOW_MS)).verdict, "limited");
  // What was committed before is known all the same.
  assert.equal((await state.admit("p", beat("p").digest, NOW_MS)).verdict, "replay");
  await waitFor(() => said.status === "degraded" || undefined);
  await server.restart();
  await waitFor(() => said.status === "ok" || undefined);
  state.committed(beat("y"), NOW_MS);
  await waitFor(async () => (await server.ask("KEYS", "*{y}*")).includes("last") || undefined);
  // Emptied of its scripts too.
  await server.ask("SCRIPT", "FLUSH");
  await state.admit("z", "d", NOW_MS);
  await waitFor(async () => {
    await state.admit("z", "d", NOW_MS);
    return (await server.ask("KEYS", "*{z}*")).includes("rate") || undefined;
  });
  await state.close();
});

Deno.test("a Redis that does not answer costs a heartbeat no more than a moment", async () => {
  // Greets nobody: it only listens.
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const held: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const conn of listener) held.push(conn);
  })();
  const { state, said } = await open({ REDIS_HOST: "127.0.0.1", REDIS_PORT: port });
  assert.equal(said.status, "degraded");
  assert.equal((await state.admit("p", "d", NOW_MS)).verdict, "go on");
  await state.close();
  for (const conn of held) conn.close();
  listener.close();
  await accepting;
});
