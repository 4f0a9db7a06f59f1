/** Heartbeats against the real daemon: what is taken, what is refused, and what becomes of it. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startRedis } from "../redis_server.ts";
import { hmac, nowS, Phone, send } from "./phone.ts";

async function withDaemon(
  act: (daemon: DaemonProcess) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

/** How many heartbeats the database holds. */
function stored({ dataDir }: DaemonProcess): number {
  const db = new DatabaseSync(`${dataDir}/prodtracker.db`, { readOnly: true });
  try {
    return (db.prepare("SELECT count(*) AS n FROM phone_heartbeat").get() as { n: number }).n;
  } finally {
    db.close();
  }
}

const YOUTUBE = "com.google.android.youtube";

Deno.test("a phone's distraction is answered, counted once and resolved into the timeline", () =>
  withDaemon(async (daemon) => {
    const phone = await Phone.pair(daemon, "pixel-8");
    const t = nowS();
    const first = await phone.beat({ timestamp: t - 90, screen_on: true, foreground_app: YOUTUBE });
    assert.equal(first.status, 200);
    assert.deepEqual(first.body, {
      ...{ status: "stored", distracting: true, block_until: null, next_heartbeat_s: 30 },
    });
    await phone.beat({ timestamp: t - 60, screen_on: true, foreground_app: "com.slack" });
    await phone.beat({ timestamp: t - 30, screen_on: false, foreground_app: YOUTUBE });
    const dark = await phone.beat({ timestamp: t, screen_on: false, foreground_app: YOUTUBE });
    assert.equal(dark.body.distracting, false);
    const summary = await daemon.get("/phone/summary?device_id=pixel-8&minutes=10");
    assert.deepEqual(summary, {
      ...{ device_id: "pixel-8", minutes: 10, screen_seconds: 60, distracting_seconds: 30 },
      top_apps: [
        { app: YOUTUBE, class: "noise", seconds: 30 },
        { app: "com.slack", class: "signal", seconds: 30 },
      ],
      ...{ pickups: 1, heartbeat_count: 4, last_seen: new Date(t * 1000).toISOString() },
    });
    const snr = await waitFor(async () => {
      const totals = await daemon.get<{ noise_seconds: number }>("/metrics/snr?last_minutes=10");
      return totals.noise_seconds > 0 ? totals : undefined;
    });
    // Only distraction claims the time; the rest of the phone is its own affair.
    assert.equal(snr.noise_seconds, 30);
  }));

Deno.test("late batches, in any order and twice, come to what came in order", () =>
  withDaemon(async (daemon) => {
    const phone = await Phone.pair(daemon, "offline");
    const t = nowS() - 7_200;
    const beats = Array.from({ length: 40 }, (_, i) => ({
      timestamp: t + 30 * i,
      screen_on: i % 10 !== 9,
      foreground_app: i < 20 ? "reddit" : YOUTUBE,
    }));
    const shuffled = beats.toSorted((a, b) =>
      hmac("x", `${a.timestamp}`) < hmac("x", `${b.timestamp}`) ? -1 : 1
    );
    for (const part of [shuffled.slice(0, 13), shuffled.slice(13), shuffled]) {
      const body = JSON.stringify({ device_id: phone.id, heartbeats: part });
      const { status, body: answer } = await phone.raw("/phone/heartbeats", body);
      assert.equal(status, 200, JSON.stringify(answer));
      assert.equal((answer.stored as number) + (answer.known as number), part.length);
    }
    assert.equal(stored(daemon), 40);
    const { screen_seconds, distracting_seconds } = await daemon.get<Record<string, number>>(
      "/phone/summary?device_id=offline&minutes=200",
    );
    // Every tenth heartbeat says that the screen is off: 36 of 39 spans of 30 s count.
    assert.equal(screen_seconds, 36 * 30);
    assert.equal(distracting_seconds, 36 * 30);
    const noise = await waitFor(async () => {
      const { noise_seconds } = await daemon.get<Record<string, number>>(
        "/metrics/snr?last_minutes=200",
      );
      return noise_seconds === 36 * 30 ? noise_seconds : undefined;
    });
    assert.equal(noise, 36 * 30);
    const events = await daemon.get<{ app: string; duration_seconds: number }[]>("/events/recent");
    const byApp = Map.groupBy(events, ({ app }) => app);
    const sum = (app: string) => byApp.get(app)!.reduce((s, e) => s + e.duration_seconds, 0);
    assert.deepEqual([sum("reddit"), sum(YOUTUBE)], [18 * 30, 18 * 30]);
  }));

Deno.test("a replay, an old or swapped or changed heartbeat is refused, and nothing stored", () =>
  withDaemon(async (daemon) => {
    const [phone, other] = [await Phone.pair(daemon, "mine"), await Phone.pair(daemon, "other")];
    const beat = { timestamp: nowS(), screen_on: true, foreground_app: "x" };
    const body = phone.signed(beat);
    assert.equal((await phone.post("/phone/heartbeat", body)).status, 200);
    const replay = await phone.post("/phone/heartbeat", body);
    assert.deepEqual([replay.status, replay.body.error?.code], [409, "replay"]);
    // The same by the other scheme is the same heartbeat.
    const raw = JSON.stringify({ device_id: "mine", ...beat });
    assert.equal((await phone.raw("/phone/heartbeat", raw)).status, 409);

    const fresh = { ...beat, timestamp: beat.timestamp + 1 };
    const refused = async (text: string, wanted: number) => {
      const { status } = await phone.post("/phone/heartbeat", text);
      assert.equal(status, wanted, text);
    };
    await refused(phone.signed({ ...beat, timestamp: beat.timestamp - 301 }), 422);
    await refused(phone.signed({ ...beat, timestamp: beat.timestamp + 310 }), 422);
    await refused(phone.signed(fresh).replace('"mine"', '"other"'), 401);
    await refused(phone.signed(fresh).replace("true", "false"), 401);
    await refused(other.signed(fresh).replace('"other"', '"mine"'), 401);
    const { status } = await phone.raw("/phone/heartbeat", raw, nowS() - 400);
    assert.equal(status, 401);
    assert.equal(stored(daemon), 1);
  }));

Deno.test("an unknown device, a revoked one and a wrong signature are told the same", () =>
  withDaemon(async (daemon) => {
    const [phone, lost] = [await Phone.pair(daemon, "mine"), await Phone.pair(daemon, "lost")];
    const revoked = await send(daemon, "/phone/revoke", { device_id: "lost" });
    assert.deepEqual(await revoked.json(), { revoked: "lost" });
    const beat = { timestamp: nowS(), screen_on: true, foreground_app: null };
    const answers = [
      await phone.post("/phone/heartbeat", lost.signed(beat)),
      await phone.post("/phone/heartbeat", phone.signed(beat).replace('"mine"', '"nobody"')),
      await phone.post(
        "/phone/heartbeat",
        phone.signed(beat).replace(/"signature":"./, '"signature":"g'),
      ),
      await phone.post(
        "/phone/heartbeat",
        phone.signed(beat).replace(/"signature":"../, '"signature":"'),
      ),
      await phone.post(
        "/phone/heartbeat",
        phone.signed(beat).replace(
          /"signature":"(\w+)"/,
          (_, hex) => `"signature":"${hex.toUpperCase()}"`,
        ),
      ),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 401);
      assert.deepEqual(body, answers[0].body);
    }
    assert.equal(stored(daemon), 0);
    // Who fails too often waits, whoever he says he is.
    let last = answers[0];
    for (let i = 0; i < 20; i++) last = await phone.post("/phone/heartbeat", lost.signed(beat));
    assert.equal(last.status, 429);
    assert.ok(Number(last.headers.get("Retry-After")) >= 1);
  }));

Deno.test("a device that sends too often is asked to wait", () =>
  withDaemon(async (daemon) => {
    const phone = await Phone.pair(daemon, "busy");
    const t = nowS() - 60;
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const { status } = await phone.beat({
        timestamp: t + i,
        screen_on: true,
        foreground_app: "x",
      });
      statuses.push(status);
    }
    assert.deepEqual(statuses.slice(0, 10), Array(10).fill(200));
    assert.ok(statuses.slice(10).includes(429));
  }));

const BAD: [name: string, change: (body: string) => string, status: number][] = [
  ["no device_id", (b) => b.replace(/"device_id":"mine",/, ""), 400],
  ["no timestamp", (b) => b.replace(/,"timestamp":\d+/, ""), 400],
  ["no screen_on", (b) => b.replace(/"screen_on":true,/, ""), 400],
  ["no foreground_app", (b) => b.replace(/"foreground_app":"x",/, ""), 400],
  ["no signature", (b) => b.replace(/,"signature":"\w+"/, ""), 401],
  ["a text as timestamp", (b) => b.replace(/"timestamp":(\d+)/, '"timestamp":"$1"'), 400],
  ["a number as screen_on", (b) => b.replace("true", "1"), 400],
  ["a number as app", (b) => b.replace('"x"', "1"), 400],
  ["a list as signature", (b) => b.replace(/"signature":"\w+"/, '"signature":[]'), 401],
  ["NaN", (b) => b.replace(/"timestamp":\d+/, '"timestamp":NaN'), 400],
  ["an endless number", (b) => b.replace(/"timestamp":\d+/, '"timestamp":1e999'), 422],
  ["a key twice", (b) => b.replace("{", '{"device_id":"mine",'), 400],
  ["deep nesting", (b) => b.replace("{", `{"a":${"[".repeat(100)}${"]".repeat(100)},`), 400],
  ["a long app", (b) => b.replace('"x"', `"${"x".repeat(300)}"`), 422],
  ["a long device", (b) => b.replace('"mine"', `"${"m".repeat(100)}"`), 422],
  ["a device with a line break", (b) => b.replace('"mine"', '"mi\\nne"'), 422],
  ["another form of the same letters", (b) => b.replace('"x"', '"e\\u0301"'), 401],
  ["something more", (b) => b.replace("{", '{"battery":0.5,'), 401],
  ["an array", (b) => `[${b}]`, 400],
  ["nothing", () => "", 400],
  ["half of it", (b) => b.slice(0, 40), 400],
  ["a megabyte", (b) => b.replace('"x"', `"${"x".repeat(1 << 20)}"`), 413],
];
Deno.test("bad heartbeats are refused each in its way, and nothing is stored", async (t) => {
  const daemon = await startDaemon(["--no-track"]);
  const phone = await Phone.pair(daemon, "mine");
  for (const [name, change, wanted] of BAD) {
    await t.step(name, async () => {
      const body = phone.signed({ timestamp: nowS(), screen_on: true, foreground_app: "x" });
      const { status, body: answer } = await phone.post("/phone/heartbeat", change(body));
      assert.equal(status, wanted, JSON.stringify(answer));
      assert.ok(answer.error?.code && answer.error.message);
    });
  }
  assert.equal(stored(daemon), 0);
  await daemon.stop();
  await Deno.remove(daemon.dataDir, { recursive: true });
});

const redis = needs("redis-server", "redis-cli");
Deno.test({
  name:
    `with Redis killed in the middle of 1 000 heartbeats of 50 devices none is missing, none counted twice${redis.suffix}`,
  ignore: redis.ignore,
  async fn() {
    await using server = await startRedis();
    const env = { REDIS_URL: server.url, PRODTRACKER_PHONE_RATE: "6000" };
    await withDaemon(async (daemon) => {
      const phones = await Promise.all(
        Array.from({ length: 50 }, (_, i) => Phone.pair(daemon, `phone-${i}`)),
      );
      const t = nowS() - 100;
      let acknowledged = 0;
      const bodies: [Phone, string][] = [];
      let killed: Promise<void> | undefined;
      for (let round = 0; round < 20; round++) {
        if (round === 7) killed = server.kill();
        if (round === 14) await killed!.then(() => server.restart());
        await Promise.all(phones.map(async (phone) => {
          const body = phone.signed({
            timestamp: t + round,
            screen_on: true,
            foreground_app: YOUTUBE,
          });
          let answer = await phone.post("/phone/heartbeat", body);
          // What was not answered well is sent again, as a phone does.
          for (let again = 0; answer.status === 429 && again < 100; again++) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            answer = await phone.post("/phone/heartbeat", body);
          }
          assert.ok(answer.status === 200 || answer.status === 409, JSON.stringify(answer));
          acknowledged++;
          bodies.push([phone, body]);
        }));
      }
      assert.equal(acknowledged, 1_000);
      assert.equal(stored(daemon), 1_000);
      const state = async () => {
        const { parts } = await daemon.get<
          { parts: { name: string; status: string; detail: string }[] }
        >(
          "/health",
        );
        return parts.find(({ name }) => name === "live state")!;
      };
      await waitFor(async () => (await state()).status === "ok" || undefined);
      assert.match((await state()).detail, /^Redis at 127\.0\.0\.1:\d+$/);
      // Redis emptied: the database is the judge.
      await server.ask("FLUSHALL");
      for (const [phone, body] of bodies.slice(0, 20)) {
        assert.equal((await phone.post("/phone/heartbeat", body)).status, 409);
      }
      assert.equal(stored(daemon), 1_000);
      const { distracting_seconds, heartbeat_count } = await daemon.get<Record<string, number>>(
        "/phone/summary?device_id=phone-7&minutes=10",
      );
      assert.deepEqual([distracting_seconds, heartbeat_count], [19, 20]);
      assert.ok(!daemon.stderr().includes("a-password-of-the-tests"));
    }, env);
  },
});
