/**
 * What the phone's bench compares with: a bare server that verifies an HMAC and inserts a row, those of one
 * turn of the event loop in one durable commit. `deno run -A phone_prototype.ts <database>`
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

const db = new DatabaseSync(Deno.args[0]);
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE beat (id INTEGER PRIMARY KEY, device TEXT, at REAL, app TEXT, digest BLOB) STRICT;
  CREATE UNIQUE INDEX once ON beat (device, digest)`);
const insert = db.prepare(
  "INSERT OR IGNORE INTO beat (device, at, app, digest) VALUES (?, ?, ?, ?)",
);
const secrets: Record<string, string> = JSON.parse(Deno.readTextFileSync(Deno.args[1]));

let waiting: { beat: [string, number, string, Uint8Array]; done: () => void }[] = [];
function flush(): void {
  const batch = waiting;
  waiting = [];
  db.exec("BEGIN");
  for (const { beat } of batch) insert.run(...beat);
  db.exec("COMMIT");
  for (const { done } of batch) done();
}

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  // deno-lint-ignore no-console -- its port is what it says
  onListen: ({ port }) => console.log(port),
}, async (request) => {
  const { signature, ...beat } = await request.json();
  const text = `{"device_id":${JSON.stringify(beat.device_id)},"foreground_app":${
    JSON.stringify(beat.foreground_app)
  },"screen_on":${beat.screen_on},"timestamp":${beat.timestamp}}`;
  const digest = createHmac("sha256", secrets[beat.device_id]).update(text).digest();
  if (!timingSafeEqual(digest, Uint8Array.fromHex(signature))) {
    return new Response(null, { status: 401 });
  }
  await new Promise<void>((done) => {
    waiting.push({ beat: [beat.device_id, beat.timestamp, beat.foreground_app, digest], done });
    if (waiting.length === 1) setImmediate(flush);
  });
  return Response.json({ status: "stored" });
});
