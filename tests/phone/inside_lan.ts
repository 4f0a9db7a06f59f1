/** In a namespace: another machine on the local network reaches the phone's routes, and nothing else. */
import assert from "node:assert/strict";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { output } from "../blocker/sites.ts";
import { nowS, Phone } from "./phone.ts";

const HERE = "10.77.0.1", THERE = "10.77.0.2";
const LAN_PORT = 18001;

/** A machine of its own: a process in another network namespace, joined to ours by a cable. */
const machine = new Deno.Command("unshare", { args: ["-n", "sleep", "100"] }).spawn();
await new Promise((resolve) => setTimeout(resolve, 200));
const ip = async (...args: string[]) => {
  const { code, stderr } = await output("ip", ...args);
  assert.equal(code, 0, stderr);
};
const there = ["nsenter", "-t", String(machine.pid), "-n"] as const;
await ip(
  "link",
  "add",
  "lan0",
  "type",
  "veth",
  "peer",
  "name",
  "lan1",
  "netns",
  String(machine.pid),
);
await ip("addr", "add", `${HERE}/24`, "dev", "lan0");
await ip("link", "set", "lan0", "up");
for (const args of [["addr", "add", `${THERE}/24`, "dev", "lan1"], ["link", "set", "lan1", "up"]]) {
  const { code, stderr } = await output(...there, "ip", ...args);
  assert.equal(code, 0, stderr);
}

/** What curl on the other machine gets: the status, and the body. */
async function fromThere(url: string, ...args: string[]): Promise<[number, string]> {
  const { stdout } = await output(
    ...[
      ...there,
      "curl",
      "-sk",
      "--noproxy",
      "*",
      "--max-time",
      "5",
      "-w",
      "\n%{http_code}",
    ] as const,
    ...args,
    url,
  );
  const at = stdout.lastIndexOf("\n");
  return [Number(stdout.slice(at + 1)), stdout.slice(0, at)];
}

async function play(env: Record<string, string>, scheme: "http" | "https"): Promise<void> {
  const daemon = await startDaemon(["--no-track", "--lan"], {
    env: { PC_IP: HERE, PRODTRACKER_LAN_PORT: String(LAN_PORT), ...env },
  });
  const lan = `${scheme}://${HERE}:${LAN_PORT}`;
  const phone = await Phone.pair(daemon, "pixel");
  await waitFor(async () => (await fromThere(`${lan}/phone/setup`))[0] === 200 || undefined);

  const body = phone.signed({ timestamp: nowS(), screen_on: true, foreground_app: "x" });
  const json = ["-H", "Content-Type: application/json", "-d"];
  const [status, answer] = await fromThere(`${lan}/phone/heartbeat`, ...json, body);
  assert.equal(status, 200, answer);
  assert.equal((await fromThere(`${lan}/phone/heartbeat`, ...json, body))[0], 409);
  const [, page] = await fromThere(`${lan}/phone/setup`);
  const script = /\/assets\/phone-[0-9a-f]+\.js/.exec(page)![0];
  assert.equal((await fromThere(lan + script))[0], 200);
  assert.match((await fromThere(`${lan}/phone/heartbeat.sh`))[1], /^#!/);

  const token = ["-H", `X-Admin-Token: ${daemon.token}`];
  const [, index] = [0, await (await daemon.fetch("/")).text()];
  const app = /\/assets\/app-[0-9a-f]+\.js/.exec(index)![0];
  const others = [
    ...["/", "/health", "/metrics", "/metrics/snr", "/events/recent", "/status", "/rules", "/docs"],
    ...["/openapi.json", "/blocker/status", "/phone/devices", "/phone/summary?device_id=pixel"],
    ...["/stream", "/summary", app, "/phone/../health", "//health"],
  ];
  for (const path of others) {
    const [code] = await fromThere(lan + path, "--path-as-is", ...token);
    assert.ok(code === 404 || code === 400 || code === 405, `${path}: ${code}`);
  }
  for (
    const path of ["/phone/pair_admin", "/phone/token", "/phone/revoke", "/blocker/manual_block"]
  ) {
    const [code] = await fromThere(lan + path, ...token, ...json, '{"device_id":"x","name":"x"}');
    assert.equal(code, 404, path);
  }
  const hostile = ["-H", "Host: evil.example"];
  assert.equal((await fromThere(`${lan}/phone/setup`, ...hostile))[0], 403);
  // The daemon's own port listens on loopback alone.
  const { port } = new URL(daemon.url);
  assert.equal((await fromThere(`http://${HERE}:${port}/health`))[0], 0);

  // A secret crosses the network by TLS, or not at all.
  const made = await daemon.fetch("/phone/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ device_id: "new" }),
  });
  const pairing = JSON.stringify({ device_id: "new", name: "n", token: (await made.json()).token });
  const [paired, told] = await fromThere(`${lan}/phone/pair`, ...json, pairing);
  assert.equal(paired, scheme === "https" ? 200 : 403, told);

  // A phone that cannot sign: by TLS, and only one that was paired for it.
  const wish = JSON.stringify({ device_id: "iphone", name: "i", bearer: true });
  const headers = { "Content-Type": "application/json" };
  const admin = await daemon.fetch("/phone/pair_admin", { method: "POST", headers, body: wish });
  const { secret } = await admin.json();
  const unsigned = (device_id: string) =>
    JSON.stringify({ device_id, timestamp: nowS(), screen_on: true, foreground_app: "x" });
  const send = async (device: string, text: string) =>
    (await fromThere(
      `${lan}/phone/heartbeat`,
      ...["-H", `Authorization: Bearer ${text}`, ...json, unsigned(device)],
    ))[0];
  assert.equal(await send("iphone", secret), scheme === "https" ? 200 : 401);
  assert.equal(await send("iphone", secret.replace(/.$/, "-")), 401);
  assert.equal(await send("pixel", phone.secret), 401);
  await daemon.stop();
}

try {
  await play({}, "http");
  const folder = Deno.makeTempDirSync();
  const { code, stderr } = await output(
    ...["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"] as const,
    ...["-nodes", "-days", "2", "-subj", `/CN=${HERE}`, "-addext", `subjectAltName=IP:${HERE}`],
    ...["-keyout", `${folder}/key.pem`, "-out", `${folder}/cert.pem`],
  );
  assert.equal(code, 0, stderr);
  const tls = {
    PRODTRACKER_TLS_CERT: `${folder}/cert.pem`,
    PRODTRACKER_TLS_KEY: `${folder}/key.pem`,
  };
  await play(tls, "https");
} finally {
  machine.kill("SIGKILL");
}
