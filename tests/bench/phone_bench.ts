/**
 * Heartbeats of 20 000 phones over 16 connections: verified, committed, answered; beside a bare server that
 * does the least, in the same run.
 */
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { type JsonObject, parseStrictJson } from "../../daemon/core/strict_json.ts";
import { digestOf, isSigned, signedForm } from "../../daemon/phone/signature.ts";
import { startDaemon } from "../daemon_process.ts";
import { startRedis } from "../redis_server.ts";
import { bundled, quantile, report } from "./measure.ts";

const DEVICES = 20_000;
const CONNECTIONS = 16;
const BEATS = 48_000;
const WARM_UP = 4_000;
const ROUNDS = 3;

const folder = Deno.makeTempDirSync({ prefix: "prodtracker-phone-bench-" });
const secrets = Object.fromEntries(
  Array.from({ length: DEVICES }, (_, i) => [`phone-${i}`, i.toString(16).padStart(64, "0")]),
);

/** Whole HTTP requests, a different heartbeat each; `round` keeps those of two runs apart. */
function requests(round: number): Uint8Array[] {
  const encoder = new TextEncoder();
  const nowS = Math.floor(Date.now() / 1000);
  return Array.from({ length: BEATS + WARM_UP }, (_, i) => {
    const device = `phone-${i % DEVICES}`;
    const timestamp = nowS - 200 + Math.floor(i / DEVICES) * 30 + round;
    const signed =
      `{"device_id":"${device}","foreground_app":"com.google.android.youtube","screen_on":true,"timestamp":${timestamp}}`;
    const signature = createHmac("sha256", secrets[device]).update(signed).digest("hex");
    const body = `${signed.slice(0, -1)},"signature":"${signature}"}`;
    return encoder.encode(
      `POST /phone/heartbeat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
}

/** Sends all over some connections, each waiting for its answer; the seconds, and every answer's time in ms. */
async function send(port: number, all: readonly Uint8Array[]) {
  let next = 0;
  const timesMs: number[] = [];
  const startMs = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    using conn = await Deno.connect({ hostname: "127.0.0.1", port });
    conn.setNoDelay(true);
    const buffer = new Uint8Array(8_192);
    while (next < all.length) {
      const request = all[next++];
      const sentMs = performance.now();
      await conn.write(request);
      const length = await conn.read(buffer);
      // "HTTP/1.1 200": the answer is short and comes in one piece.
      if (length === null || buffer[9] !== 0x32 || buffer[11] !== 0x30) {
        throw new Error(new TextDecoder().decode(buffer.subarray(0, length ?? 0)));
      }
      timesMs.push(performance.now() - sentMs);
    }
  }));
  return { seconds: (performance.now() - startMs) / 1000, timesMs };
}

async function measure(port: number, round: number) {
  const all = requests(round);
  await send(port, all.slice(0, WARM_UP));
  const { seconds, timesMs } = await send(port, all.slice(WARM_UP));
  return { perSecond: BEATS / seconds, p99Ms: quantile(timesMs, 0.99) };
}

async function prototype(round: number) {
  Deno.writeTextFileSync(join(folder, "secrets.json"), JSON.stringify(secrets));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", "--no-check"],
      fileURLToPath(new URL("./phone_prototype.ts", import.meta.url)),
      ...[join(folder, `prototype-${round}.db`), join(folder, "secrets.json")],
    ],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const port = Number(new TextDecoder().decode((await reader.read()).value));
  const result = await measure(port, round);
  child.kill();
  await Promise.all([child.status, reader.cancel()]);
  return result;
}

async function product(round: number, env: Record<string, string> = {}) {
  const dataDir = join(folder, `product-${round}`);
  const entry = await bundled();
  await (await startDaemon(["--no-track"], { dataDir, entry })).stop();
  const db = new DatabaseSync(join(dataDir, "prodtracker.db"));
  db.exec("BEGIN");
  const insert = db.prepare("INSERT INTO phone_device VALUES (?, ?, ?, 0, 0, NULL)");
  for (const [id, secret] of Object.entries(secrets)) insert.run(id, id, secret);
  db.exec("COMMIT");
  db.close();
  const daemon = await startDaemon(["--no-track"], { dataDir, entry, env });
  const result = await measure(Number(new URL(daemon.url).port), round);
  await daemon.stop();
  return result;
}

/** The median µs of judging one heartbeat's body: bytes to "signed by this device". */
function verificationUs(): number {
  const bodies = requests(0).slice(0, WARM_UP).map((bytes) =>
    new TextDecoder().decode(bytes).split("\r\n\r\n")[1]
  );
  const timesUs = bodies.map((body, i) => {
    const secret = secrets[`phone-${i % DEVICES}`];
    const startMs = performance.now();
    const fields = parseStrictJson(body) as JsonObject;
    const signed = signedForm(fields);
    const digest = digestOf(signed, secret);
    if (!isSigned(signed, fields.get("signature") as string, { digest, secret })) {
      throw new Error(`not signed: ${body}`);
    }
    return (performance.now() - startMs) * 1000;
  });
  return quantile(timesUs, 0.5);
}

function median(results: readonly { perSecond: number; p99Ms: number }[]) {
  return {
    perSecond: quantile(results.map(({ perSecond }) => perSecond), 0.5),
    p99Ms: quantile(results.map(({ p99Ms }) => p99Ms), 0.5),
  };
}

try {
  await using redis = await startRedis();
  const bares = [], products = [], withRedis = [];
  // In turn: what else runs on the machine then falls on both.
  for (let round = 0; round < ROUNDS; round++) {
    bares.push(await prototype(3 * round));
    products.push(await product(3 * round + 1));
    await redis.ask("FLUSHALL");
    withRedis.push(await product(3 * round + 2, { REDIS_URL: redis.url }));
  }
  const bare = median(bares), ours = median(products);
  report("bare server, heartbeats a second", bare.perSecond, "1/s");
  report("bare server, p99", bare.p99Ms, "ms");
  report("embedded live state, heartbeats a second", ours.perSecond, "1/s");
  report("embedded live state, p99", ours.p99Ms, "ms", 20);
  report("share of the bare server (at least 0.6)", ours.perSecond / bare.perSecond, "");
  const live = median(withRedis);
  report("a real Redis, heartbeats a second", live.perSecond, "1/s");
  report("a real Redis, p99", live.p99Ms, "ms", 20);
  report("share of the bare server (at least 0.45)", live.perSecond / bare.perSecond, "");
  report("verification: body parsed, canonical form, HMAC, compared", verificationUs(), "µs", 40);
} finally {
  Deno.removeSync(folder, { recursive: true });
}
