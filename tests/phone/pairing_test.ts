/** Pairing: by the admin, by a one-time token, by a QR code. */
import assert from "node:assert/strict";
import { SignJWT } from "jose";
import jsQR from "jsqr";
import { qrLines, qrModules, qrSvg } from "../../cli/qr.ts";
import { Cli } from "../../cli/testing.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { nowS, Phone, send } from "./phone.ts";

const JWT_SECRET = "a secret of the tests, long enough";
const key = new TextEncoder().encode(JWT_SECRET);

function token(claims: Record<string, unknown>, alg = "HS256"): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
}

async function withDaemon(act: (daemon: DaemonProcess) => Promise<void>): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env: { PAIRING_JWT_SECRET: JWT_SECRET } });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

Deno.test("a device is paired once, and anew only when asked to", () =>
  withDaemon(async (daemon) => {
    const phone = await Phone.pair(daemon, "p");
    const again = await send(daemon, "/phone/pair_admin", { device_id: "p", name: "p" });
    assert.equal(again.status, 409);
    await again.text();
    const rotated = await send(daemon, "/phone/pair_admin", {
      device_id: "p",
      name: "q",
      rotate: true,
    });
    const { secret } = await rotated.json();
    assert.notEqual(secret, phone.secret);
    const beat = { timestamp: nowS(), screen_on: true, foreground_app: "x" };
    assert.equal((await phone.beat(beat)).status, 401);
    assert.equal((await new Phone(daemon.url, "p", secret).beat(beat)).status, 200);
    const devices = await daemon.fetch("/phone/devices").then((r) => r.text());
    assert.ok(!devices.includes(secret) && !daemon.stderr().includes(secret));
    const wrongName = await send(daemon, "/phone/pair_admin", { device_id: "a b", name: "x" });
    assert.equal(wrongName.status, 422);
    await wrongName.text();
  }));

Deno.test("a pairing token is good for its device, until it runs out, once", () =>
  withDaemon(async (daemon) => {
    const pair = async (device_id: string, text: string) => {
      const body = JSON.stringify({ device_id, name: "x", token: text });
      return await new Phone(daemon.url, "", "").post("/phone/pair", body);
    };
    const exp = nowS() + 300;
    const none = `${btoa('{"alg":"none"}').replace(/=+$/, "")}.${
      btoa(JSON.stringify({ device_id: "p", exp })).replace(/=+$/, "")
    }.`;
    const bad = [
      none,
      await token({ device_id: "p", exp }, "HS512"),
      await token({ device_id: "other", exp }),
      await token({ device_id: "p" }),
      await token({ device_id: "p", exp: nowS() - 5 }),
      await token({ exp }),
      (await token({ device_id: "p", exp })).replace(/.$/, (c) => c === "A" ? "Q" : "A"),
      "x.y.z",
    ];
    for (const text of bad) assert.equal((await pair("p", text)).status, 401, text);
    const good = await token({ device_id: "p", exp });
    const paired = await pair("p", good);
    assert.equal(paired.status, 200);
    const phone = new Phone(daemon.url, "p", paired.body.secret as string);
    const beat = { timestamp: nowS(), screen_on: true, foreground_app: "x" };
    assert.equal((await phone.beat(beat)).status, 200);
    assert.equal((await pair("p", good)).status, 409);
    await (await send(daemon, "/phone/revoke", { device_id: "p" })).text();
    assert.equal((await pair("p", good)).status, 401);
  }));

Deno.test("prodtracker pair token makes one that pairs", async () => {
  using cli = new Cli();
  const env = { PAIRING_JWT_SECRET: JWT_SECRET };
  const { code, stdout } = await cli.run(["pair", "token", "p"], { env });
  assert.equal(code, 0);
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir, env });
  const body = JSON.stringify({ device_id: "p", name: "x", token: stdout.trim() });
  const { status } = await new Phone(daemon.url, "", "").post("/phone/pair", body);
  await daemon.stop();
  assert.equal(status, 200);
});

/** What a camera would read off a picture of dark and light squares. */
function decode(rows: readonly (readonly boolean[])[]): string | undefined {
  const scale = 4;
  const size = rows.length * scale;
  const pixels = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const dark = rows[Math.floor(y / scale)][Math.floor(x / scale)];
      pixels.set(dark ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * size + x) * 4);
    }
  }
  return jsQR.default(pixels, size, size)?.data;
}

/** The squares that lines of half blocks show on a dark terminal. */
function squares(lines: readonly string[]): boolean[][] {
  const rows = lines.flatMap((line) => [
    [...line].map((char) => char !== "█" && char !== "▀"),
    [...line].map((char) => char !== "█" && char !== "▄"),
  ]);
  return rows.slice(0, rows[0].length);
}

Deno.test("the QR code is read again from the terminal's text and from the SVG", () => {
  const text = `http://192.168.7.9:8001/phone/setup#${"aZ0_-".repeat(60)}`;
  assert.equal(decode(qrModules(text)), text);
  assert.equal(decode(squares(qrLines(text))), text);
  const inverse = squares(qrLines(text, { inverse: true })).map((row) => row.map((dark) => !dark));
  assert.equal(decode(inverse), text);
  const size = qrModules(text).length;
  const drawn = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y] of qrSvg(text).matchAll(/M(\d+) (\d+)h1v1h-1z/g)) drawn[+y][+x] = true;
  assert.equal(decode(drawn), text);
});

Deno.test("the code that prodtracker pair prints pairs a phone", async () => {
  using cli = new Cli();
  const { code, stdout, stderr } = await cli.run(["pair", "pixel", "--name", "Pixel é"], {
    env: { PC_IP: "192.168.7.9" },
  });
  assert.equal(code, 0, stderr);
  const lines = stdout.split("\n").filter((line) => /[█▀▄]/.test(line));
  const link = new URL(decode(squares(lines))!);
  assert.equal(link.origin + link.pathname, "http://192.168.7.9:8001/phone/setup");
  const bytes = Uint8Array.fromBase64(link.hash.slice(1), { alphabet: "base64url" });
  const { device_id, secret, name } = JSON.parse(new TextDecoder().decode(bytes));
  assert.deepEqual([device_id, name], ["pixel", "Pixel é"]);
  assert.ok(stdout.includes(secret));
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  const beat = { timestamp: nowS(), screen_on: true, foreground_app: "x" };
  const { status } = await new Phone(daemon.url, device_id, secret).beat(beat);
  await daemon.stop();
  assert.equal(status, 200);
});
