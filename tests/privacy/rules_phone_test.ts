/** What privacy rules and pauses hide of phones and imports is in no table, no file and no Redis. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { nowS, Phone } from "../phone/phone.ts";
import { needs } from "../programs.ts";
import { type RedisServer, startRedis } from "../redis_server.ts";
import { captureStream, type Traces, traces } from "./canaries.ts";

async function withDaemon(
  env: Record<string, string>,
  work: (daemon: DaemonProcess, all: Traces) => Promise<void>,
): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env });
  const all = traces();
  const endStream = await captureStream(daemon, (text) => all.say("stream", text));
  all.folder(daemon.dataDir);
  try {
    await work(daemon, all);
  } finally {
    await daemon.stop();
    await endStream();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

async function put(daemon: DaemonProcess, path: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const reply = await daemon.fetch(path, { method: "PUT", headers, body: JSON.stringify(body) });
  assert.equal(reply.status, 200, await reply.text());
}

/** A batch, with what the phone tells besides. */
function batch(phone: Phone, beats: Record<string, unknown>[]) {
  const body = JSON.stringify({ device_id: phone.id, heartbeats: beats });
  return phone.raw("/phone/heartbeats", body);
}

/** The heartbeats on record, oldest first. */
function heartbeats({ dataDir }: DaemonProcess) {
  using db = new DatabaseSync(`${dataDir}/prodtracker.db`, { readOnly: true });
  return db.prepare("SELECT app, screen_on AS isOn, extra FROM phone_heartbeat ORDER BY at_ms")
    .all()
    .map((row) => ({ ...row }));
}

async function sayRedis(redis: RedisServer, all: Traces): Promise<void> {
  const keys = (await redis.ask("KEYS", "*")).split("\n").filter((key) => key !== "");
  assert.ok(keys.length > 0);
  for (const key of keys) all.say("Redis", key + await redis.ask("DUMP", key));
  for (const key of keys) all.say("Redis", await redis.ask("HGETALL", key).catch(() => ""));
}

const redisNeeds = needs("redis-server", "redis-cli");
Deno.test({
  name:
    `an app of a phone that a rule hides is in no row, no file and no Redis${redisNeeds.suffix}`,
  ignore: redisNeeds.ignore,
  async fn() {
    await using redis = await startRedis();
    await withDaemon({ REDIS_URL: redis.url }, async (daemon, all) => {
      await put(daemon, "/privacy", [
        { match: "app", regex: "quaxap[p]", action: "drop_event" },
        { match: "title", regex: "quaxextr[a]", action: "drop_title" },
      ]);
      const phone = await Phone.pair(daemon, "pixel");
      const t = nowS();
      const other = "com.slack";
      for (
        const [agoS, foreground_app] of [[90, other], [60, "org.quaxapp.dating"], [
          30,
          other,
        ]] as const
      ) {
        const { status } = await phone.beat({
          timestamp: t - agoS,
          screen_on: true,
          foreground_app,
        });
        assert.equal(status, 200);
      }
      const late = [
        { timestamp: t - 900, screen_on: true, foreground_app: other, note: "a quaxextra text" },
        { timestamp: t - 870, screen_on: true, foreground_app: "org.quaxapp.dating", note: "x" },
        { timestamp: t - 840, screen_on: true, foreground_app: other, note: "harmless" },
      ];
      const { body } = await batch(phone, late);
      assert.deepEqual([body.stored, body.known, body.paused], [3, 0, 0]);
      assert.deepEqual(heartbeats(daemon), [
        { app: other, isOn: 1, extra: null },
        { app: "", isOn: 0, extra: null },
        { app: other, isOn: 1, extra: '{"note":"harmless"}' },
        { app: other, isOn: 1, extra: null },
        { app: "", isOn: 0, extra: null },
        { app: other, isOn: 1, extra: null },
      ]);
      for (
        const path of ["/phone/summary?device_id=pixel&minutes=60", "/phone/devices", "/status"]
      ) {
        all.say(path, await (await daemon.fetch(path)).text());
      }
      await sayRedis(redis, all);
      await daemon.stop();
      all.say("what it printed", daemon.stderr());
      assert.deepEqual([...all.find("quaxapp"), ...all.find("quaxextra")], []);
      assert.ok(all.find("com.slack").includes("Redis"));
    });
  },
});

Deno.test("a phone's app that is on record already does not come into the events after a rule", () =>
  withDaemon({}, async (daemon) => {
    const phone = await Phone.pair(daemon, "pixel");
    const t = nowS() - 200;
    const beat = (atS: number, foreground_app: string) =>
      phone.beat({ timestamp: t + atS, screen_on: true, foreground_app });
    const apps = async () => {
      const events = await daemon.get<{ app: string; source: string }[]>("/events/recent");
      return [...new Set(events.filter(({ source }) => source === "phone").map(({ app }) => app))];
    };
    await beat(0, "org.quaxapp");
    await beat(30, "org.quaxapp");
    await waitFor(async () => (await apps()).includes("org.quaxapp") || undefined);
    await put(daemon, "/privacy", [{ match: "app", exact: "org.quaxapp", action: "drop_event" }]);
    // It is told anew what was around them.
    await beat(60, "com.slack");
    await beat(90, "com.slack");
    await waitFor(async () => (await apps()).includes("com.slack") || undefined);
    const events = await daemon.get<{ app: string; end: string }[]>("/events/recent");
    const ends = events.filter(({ app }) => app === "org.quaxapp").map(({ end }) =>
      Date.parse(end)
    );
    assert.ok(ends.every((end) => end <= (t + 30) * 1_000), String(ends));
  }));

Deno.test("heartbeats from a pause are acknowledged, and stored by nobody", () =>
  withDaemon({}, async (daemon) => {
    const phone = await Phone.pair(daemon, "pixel");
    const before = nowS();
    await put(daemon, "/pause", { minutes: 30 });
    await waitFor(() => nowS() > before + 1 || undefined);
    const beat = { timestamp: nowS(), screen_on: true, foreground_app: "com.slack" };
    const { status, body } = await phone.beat(beat);
    assert.deepEqual([status, body.distracting], [200, false]);
    const late = { screen_on: true, foreground_app: "com.slack" };
    const answer = await batch(phone, [{ ...late, timestamp: before - 60 }, {
      ...late,
      timestamp: nowS(),
    }]);
    assert.deepEqual([answer.body.stored, answer.body.known, answer.body.paused], [1, 0, 1]);
    assert.equal(heartbeats(daemon).length, 1);
  }));

Deno.test("a rule that comes while an import is read hides what was read before it, and is not stored", () =>
  withDaemon({}, async (daemon, all) => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 15, 12, minute)).toISOString();
    const line = (minute: number, title: string) =>
      new TextEncoder().encode(`${
        JSON.stringify({
          ...{ start: at(minute), end: at(minute + 1), source: "window", app: "Code", title },
        })
      }\n`);
    const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>>();
    const writer = writable.getWriter();
    const reply = daemon.fetch("/import", { method: "POST", body: readable });
    await writer.write(line(0, "a quaxtitle"));
    await writer.write(line(1, "plain"));
    await put(daemon, "/privacy", [{ match: "title", regex: "quax", action: "drop_title" }]);
    await writer.write(line(2, "more that is plain"));
    await writer.close();
    const { added, redacted } = await (await reply).json();
    assert.deepEqual([added, redacted], [3, 1]);
    await daemon.stop();
    assert.deepEqual(all.find("quaxtitle"), []);
  }));

Deno.test("an import stores what the rules leave, and says what they took", () =>
  withDaemon({}, async (daemon, all) => {
    await put(daemon, "/privacy", [
      { match: "title", regex: "quaxtitl[e]", action: "drop_title" },
      { match: "app", regex: "quaxap[p]", action: "drop_event" },
      { match: "url", regex: "quaxur[l]", action: "hash_title" },
    ]);
    const event = (minute: number, fields: Record<string, string>) => {
      const at = (m: number) => new Date(Date.UTC(2026, 0, 15, 12, m)).toISOString();
      return JSON.stringify({
        start: at(minute),
        end: at(minute + 1),
        source: "window",
        ...fields,
      });
    };
    const body = [
      event(0, { app: "Code", title: "a quaxtitle", url: "https://x.org" }),
      event(1, { app: "Quaxapp", title: "chat" }),
      event(2, { app: "firefox", title: "Mail", url: "https://quaxurl.org" }),
      event(3, { app: "firefox", title: "quaxsecret — Mozilla Firefox Private Browsing" }),
      event(4, { app: "Code", title: "plain" }),
      // A change by hand keeps what was seen; an entry says what was typed.
      event(5, { source: "manual", class: "signal", app: "Code", title: "kept quaxtitle" }),
      event(6, { source: "manual", class: "signal", title: "my quaxentry" }),
    ].join("\n");
    const send = async () => await (await daemon.fetch("/import", { method: "POST", body })).json();
    const first = await send();
    assert.deepEqual([first.read, first.added, first.dropped, first.redacted], [7, 6, 1, 4]);
    const again = await send();
    assert.deepEqual([again.added, again.duplicates, again.dropped], [0, 6, 1]);
    const exported = await (await daemon.fetch("/export")).text();
    all.say("export", exported);
    const reimported = await (await daemon.fetch("/import", { method: "POST", body: exported }))
      .json();
    assert.deepEqual([reimported.added, reimported.duplicates, reimported.redacted], [0, 6, 0]);
    await daemon.stop();
    for (const word of ["quaxtitle", "quaxapp", "quaxurl", "quaxsecret"]) {
      assert.deepEqual(all.find(word), []);
    }
    for (const word of ["plain", "quaxentry"]) assert.ok(all.find(word).length > 0);
  }));
