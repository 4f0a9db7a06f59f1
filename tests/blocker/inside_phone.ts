/** In a namespace: a phone starts a block of the desktop, and is told of it. */
import assert from "node:assert/strict";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { hmac, nowS, Phone, send } from "../phone/phone.ts";

const hosts = () => Deno.readTextFileSync("/etc/hosts");
const original = hosts();
const isBlocked = () => hosts().includes("0.0.0.0 reddit.com\n");
const PATH = "/phone/block_now";

const daemon = await startDaemon(["--no-track"]);
const phone = await Phone.pair(daemon, "pixel-8");
const lift = async () => {
  const response = await send(daemon, "/blocker/manual_unblock", {});
  assert.equal(response.status, 200, await response.text());
  await waitFor(() => hosts() === original);
};

// Who has not the secret, or has it for something else, blocks nothing.
const wish = JSON.stringify({ device_id: "pixel-8", duration_minutes: 5, reason: "exam" });
const stranger = new Phone(daemon.url, "pixel-8", "0".repeat(64));
assert.equal((await stranger.raw(PATH, wish)).status, 401);
assert.equal((await phone.post(PATH, wish)).status, 401);
assert.equal((await phone.raw(PATH, wish, nowS() - 3600)).status, 401);
assert.equal(hosts(), original);

// Signed by the device.
const answer = await phone.raw(PATH, wish);
assert.equal(answer.status, 200, JSON.stringify(answer.body));
const leftMs = Date.parse(answer.body.block_until as string) - Date.now();
assert.ok(leftMs > 4 * 60_000 && leftMs <= 5 * 60_000, `${leftMs} ms left`);
assert.ok(isBlocked());
const beat = await phone.beat({ timestamp: nowS(), screen_on: true, foreground_app: "org.reader" });
assert.equal(beat.status, 200);
assert.ok(beat.body.block_until, JSON.stringify(beat.body));
const status = await daemon.get("/blocker/status") as { block: { actor: string; reason: string } };
assert.equal(status.block.reason, "exam");
assert.equal(status.block.actor, "phone");
await lift();

// The same request again is not obeyed again.
const t = nowS();
const once = JSON.stringify({ device_id: "pixel-8", duration_minutes: 2 });
assert.equal((await phone.raw(PATH, once, t)).status, 200);
await lift();
assert.equal((await phone.raw(PATH, once, t)).status, 409);
assert.equal(hosts(), original);

// With the admin token.
const byToken = await send(daemon, PATH, { duration_minutes: 3 });
assert.equal(byToken.status, 200, await byToken.clone().text());
await byToken.body?.cancel();
assert.ok(isBlocked());
await lift();
const wrong = await fetch(daemon.url + PATH, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-Admin-Token": hmac("no", "token") },
  body: "{}",
});
assert.equal(wrong.status, 401);
await wrong.body?.cancel();
assert.equal(hosts(), original);
await daemon.stop();
