/** What Redis knows of phones goes with their heartbeats; retention; the open event; the command. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { WireErasures } from "../../daemon/api/erasure.ts";
import { productCommand, startDaemon, waitFor } from "../daemon_process.ts";
import { nowS, Phone } from "../phone/phone.ts";
import { needs } from "../programs.ts";
import { startRedis } from "../redis_server.ts";
import { traces } from "./canaries.ts";
import { postErasure, settledErasure } from "./erase_requests.ts";
import { makeDataDir } from "./erase_stage.ts";

const WORD = "zebrafinch";
const redis = needs("redis-server", "redis-cli");

Deno.test({
  name: `Redis keys of phones go with their heartbeats, later when it is down${redis.suffix}`,
  ignore: redis.ignore,
  async fn() {
    await using server = await startRedis();
    const daemon = await startDaemon(["--no-track"], { env: { REDIS_URL: server.url } });
    try {
      const phone = await Phone.pair(daemon, "pixel-8");
      // Until Redis has answered once, what a phone says is kept in the daemon's own memory.
      await waitFor(async () => {
        const { parts } = await daemon.get<{ parts: { name: string; status: string }[] }>(
          "/health",
        );
        return parts.some(({ name, status }) => name === "live state" && status === "ok") ||
          undefined;
      });
      const beat = {
        timestamp: nowS() - 30,
        screen_on: true,
        foreground_app: `com.${WORD}.app`,
      };
      assert.equal((await phone.beat(beat)).status, 200);
      await waitFor(async () =>
        (await server.ask("KEYS", "*")).includes("pixel-8") &&
          (await Promise.all(
            (await server.ask("KEYS", "*last")).trim().split("\n").map((key) =>
              server.ask("GET", key)
            ),
          )).some((text) => text.includes(WORD)) || undefined
      );
      const wish = { app: WORD, regex: true };
      const done = await settledErasure(daemon, (await postErasure(daemon, wish)).id);
      assert.deepEqual(done.pending, []);
      assert.equal((await server.ask("KEYS", "*pixel-8*")).trim(), "");
      // The same heartbeat does not come in again.
      assert.equal((await phone.beat(beat)).status, 409);
      await server.kill();
      const later = await settledErasure(daemon, (await postErasure(daemon, wish)).id);
      assert.deepEqual(later.pending.map(({ place }) => place), ["phones"]);
      assert.match(later.pending[0].error ?? "", /Redis/);
      const left = traces();
      left.folder(daemon.dataDir);
      // The request is kept while it is pending; the database says what is to go from where.
      assert.ok(left.find(WORD).length > 0);
    } finally {
      await daemon.stop();
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  },
});

Deno.test("retention is set in part, refused when it cannot be, and kept", async () => {
  const daemon = await startDaemon(["--no-track"]);
  const put = (body: unknown) =>
    daemon.fetch("/retention", {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  try {
    const defaults = await daemon.get<Record<string, number | null>>("/retention");
    assert.deepEqual(defaults, {
      ...{ events_days: null, screenshots_days: 30, screenshots_mb: 500 },
      ...{ messages_days: 90, loop_days: 90 },
    });
    assert.deepEqual(await (await put({ events_days: 365 })).json(), {
      ...defaults,
      events_days: 365,
    });
    for (const wrong of [{ events_days: 0 }, { loop_days: -1 }, { notes_days: 3 }]) {
      const { status, body } = await put(wrong);
      await body?.cancel();
      assert.ok(status === 400 || status === 422, String(status));
    }
    assert.equal((await daemon.get<{ events_days: number }>("/retention")).events_days, 365);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
});

async function prodtracker(dataDir: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...productCommand(), ...args, "--data-dir", dataDir],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("erase asks, shows, erases and says what is left, without a daemon", async () => {
  const dir = makeDataDir(WORD);
  const wish = ["erase", "--title", WORD, "--regex"];
  try {
    const refused = await prodtracker(dir, ...wish);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /--yes/);
    assert.equal((await prodtracker(dir, "erase")).code, 2);
    const shown = await prodtracker(dir, ...wish, "--dry-run");
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /Erases +100 events \(25 h 00 min\)/);
    assert.match(shown.stdout, /Rewrites +2 daily copies/);
    const done = await prodtracker(dir, ...wish, "--yes", "--json");
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual({ ...JSON.parse(done.stdout), asked: "", done: "" }, {
      ...{ id: 1, asked: "", done: "", events: 100, pending: [] },
    });
    const beats = await prodtracker(dir, "erase", "--app", WORD, "--regex", "--yes");
    assert.equal(beats.code, 0, beats.stderr);
    const left = traces();
    left.folder(dir);
    assert.deepEqual(left.find(WORD), []);
    const status = JSON.parse((await prodtracker(dir, "erase", "status", "--json")).stdout);
    assert.equal((status as WireErasures).erasures.length, 2);
    const kept = await prodtracker(dir, "erase", "retention", "--events", "forever");
    assert.match(kept.stdout, /events +for ever/);
    const db = new DatabaseSync(join(dir, "prodtracker.db"), { readOnly: true });
    assert.equal(
      db.prepare("SELECT count(*) AS n FROM event WHERE source = 'window'").get()?.n,
      300,
    );
    db.close();
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
