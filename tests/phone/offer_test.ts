/** Pairing by an offer: what the dashboard's QR code carries. */
import assert from "node:assert/strict";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { nowS, Phone, send } from "./phone.ts";

interface Offer {
  readonly secret: string;
  readonly code: string;
  readonly expires: string;
  readonly url: string | null;
}

interface Device {
  readonly device_id: string;
  readonly name: string;
  readonly revoked: string | null;
  readonly last: {
    readonly screen_on: boolean;
    readonly app: string | null;
    readonly class: string | null;
  } | null;
}

async function withDaemon(act: (daemon: DaemonProcess) => Promise<void>): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env: { PC_IP: "192.168.7.9" } });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

async function answer<T>(response: Promise<Response>): Promise<[status: number, body: T]> {
  const { status, body } = await response.then(async (r) => ({
    status: r.status,
    body: await r.json(),
  }));
  return [status, body];
}

const beat = () => ({
  timestamp: nowS(),
  screen_on: true,
  foreground_app: "com.instagram.android",
});

Deno.test("an offer pairs nobody until its code comes, and then one phone, once", () =>
  withDaemon(async (daemon) => {
    const wish = { device_id: "p", name: "My phone" };
    const [status, offer] = await answer<Offer>(send(daemon, "/phone/offer", wish));
    assert.equal(status, 200);
    assert.equal(offer.url, "http://192.168.7.9:8001");
    const leftS = (Date.parse(offer.expires) - Date.now()) / 1000;
    assert.ok(leftS > 500 && leftS <= 600, String(leftS));
    const phone = new Phone(daemon.url, "p", offer.secret);
    assert.deepEqual(await daemon.get("/phone/devices"), []);
    assert.equal((await phone.beat(beat())).status, 401, "its secret is not in force yet");

    const take = (code: string) =>
      phone.post("/phone/offer/take", JSON.stringify({ device_id: "p", code }));
    assert.equal((await take("0".repeat(32))).status, 401);
    assert.equal((await take(offer.code)).status, 200);
    assert.equal((await take(offer.code)).status, 401, "it is good once");
    assert.equal((await phone.beat(beat())).status, 200);
    const [device] = await daemon.get<Device[]>("/phone/devices");
    assert.equal(device.name, "My phone");
    const { screen_on, app, class: cls } = device.last!;
    assert.deepEqual([screen_on, app, cls], [true, "com.instagram.android", "noise"]);
    assert.ok(!daemon.stderr().includes(offer.secret) && !daemon.stderr().includes(offer.code));
  }));

Deno.test("an offer for a paired phone changes nothing until it is taken, and can be taken back", () =>
  withDaemon(async (daemon) => {
    const phone = await Phone.pair(daemon, "p");
    const wish = { device_id: "p", name: "New name" };
    assert.equal((await answer(send(daemon, "/phone/offer", wish)))[0], 409);
    const [, offer] = await answer<Offer>(
      send(daemon, "/phone/offer", { ...wish, rotate: true }),
    );
    assert.equal((await phone.beat(beat())).status, 200);
    await answer(send(daemon, "/phone/offer/withdraw", { device_id: "p", code: offer.code }));
    const body = JSON.stringify({ device_id: "p", code: offer.code });
    assert.equal((await phone.post("/phone/offer/take", body)).status, 401);
    const [device] = await daemon.get<Device[]>("/phone/devices");
    assert.equal(device.name, "p");
    // Who guesses is made to wait.
    const tries = await Promise.all(
      Array.from({ length: 30 }, () => phone.post("/phone/offer/take", body)),
    );
    assert.ok(tries.some(({ status }) => status === 429));
  }));

Deno.test("an offer does not outlive what was decided after it: another pairing, or a revocation", () =>
  withDaemon(async (daemon) => {
    const offered = async () =>
      (await answer<Offer>(
        send(daemon, "/phone/offer", { device_id: "p", name: "Offered", rotate: true }),
      ))[1];
    const take = ({ code }: Offer) =>
      new Phone(daemon.url, "p", "").post(
        "/phone/offer/take",
        JSON.stringify({ device_id: "p", code }),
      );
    const first = await offered();
    const phone = await Phone.pair(daemon, "p");
    assert.equal((await take(first)).status, 401, "paired by hand meanwhile");
    assert.equal((await phone.beat(beat())).status, 200, "with the secret that it has");
    const second = await offered();
    await answer(send(daemon, "/phone/revoke", { device_id: "p" }));
    assert.equal((await take(second)).status, 401, "revoked meanwhile");
    const [device] = await daemon.get<Device[]>("/phone/devices");
    assert.notEqual(device.revoked, null);
  }));

Deno.test("a phone is renamed; offers and names need the token", () =>
  withDaemon(async (daemon) => {
    await Phone.pair(daemon, "p");
    assert.deepEqual(
      (await answer(send(daemon, "/phone/rename", { device_id: "p", name: " Pixel é " })))[1],
      { device_id: "p", name: "Pixel é" },
    );
    assert.equal((await daemon.get<Device[]>("/phone/devices"))[0].name, "Pixel é");
    const missing = await answer(send(daemon, "/phone/rename", { device_id: "q", name: "x" }));
    assert.equal(missing[0], 404);
    for (const path of ["/phone/offer", "/phone/offer/withdraw", "/phone/rename"]) {
      const headers = { "Content-Type": "application/json", "X-Admin-Token": "wrong" };
      const init = { method: "POST", headers, body: '{"device_id":"p","name":"x"}' };
      assert.equal((await answer(fetch(daemon.url + path, init)))[0], 401, path);
    }
    assert.deepEqual(await daemon.get("/phone/reach"), {
      url: "http://192.168.7.9:8001",
      listening: false,
    });
  }));
