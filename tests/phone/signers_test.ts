/** Signatures made by other people's code: Python's hmac and json, openssl and jq, the Termux script. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { parseStrictJson } from "../../daemon/core/strict_json.ts";
import { asObject } from "../../daemon/core/phone.ts";
import { digestOf, isSigned, signedForm } from "../../daemon/phone/signature.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { nowS, Phone } from "./phone.ts";

const SECRET = "5e".repeat(32);

/** Bodies with all that JSON can hold besides the known fields. */
function payloads(count: number): string[] {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.bigInt().map(String),
    fc.constantFrom("1.0", "1e16", "-0", "-0.0", "1180591620717411303424", "1e-7"),
  ).map((text) => `@@${text}@@`);
  const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(text, tie("value"), { maxKeys: 4 }),
    ),
  }));
  const extras = fc.dictionary(text.filter((key) => !/^(device_id|signature)$/.test(key)), value);
  return fc.sample(extras, count).map((extra) =>
    JSON.stringify({
      ...extra,
      device_id: "phone",
      timestamp: 1_770_000_000,
      screen_on: true,
      foreground_app: "😀 é",
    }).replace(/"@@(.*?)@@"/g, "$1")
  );
}

/** Whether a body, with the signature in it, is one that the secret made. */
function verifies(body: string, signature: string): boolean {
  const signed = signedForm(asObject(parseStrictJson(body)));
  const digest = digestOf(signed, SECRET);
  return isSigned(signed, signature, { digest, secret: SECRET });
}

async function lines(command: string, args: string[], input: string): Promise<string[]> {
  const child = new Deno.Command(command, { args, stdin: "piped", stdout: "piped" }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout } = await output;
  assert.ok(success);
  return new TextDecoder().decode(stdout).trimEnd().split("\n");
}

const PYTHON = `
import hashlib, hmac, json, sys
for line in sys.stdin:
    fields = json.loads(json.loads(line))
    for ascii in (True, False):
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=ascii)
        raw = text.encode("utf-8", "surrogatepass")
        print(hmac.new(b"${SECRET}", raw, hashlib.sha256).hexdigest())
`;
const python = needs("python3");
Deno.test({
  name: `1 000 payloads signed by Python verify, in both forms${python.suffix}`,
  ignore: python.ignore,
  async fn() {
    const bodies = payloads(1_000);
    const input = bodies.map((body) => `${JSON.stringify(body)}\n`).join("");
    const signatures = await lines("python3", ["-c", PYTHON], input);
    assert.equal(signatures.length, 2_000);
    for (const [i, body] of bodies.entries()) {
      assert.ok(verifies(body, signatures[2 * i]), body);
      // Half a surrogate has no UTF-8 of its own: nobody can sign that form.
      if (body.isWellFormed() && !/\\ud[89a-f]/i.test(body)) {
        assert.ok(verifies(body, signatures[2 * i + 1]), body);
      }
      assert.ok(!verifies(body, signatures[2 * i].replace(/./, (c) => c === "0" ? "1" : "0")));
    }
  },
});

const bash = needs("bash", "openssl", "jq");
Deno.test({
  name: `payloads signed by openssl and jq verify${bash.suffix}`,
  ignore: bash.ignore,
  async fn() {
    // jq writes numbers as doubles in its own way: what it can carry unchanged is text, whole numbers, words.
    const bodies = payloads(200).filter((body) =>
      !/[:[,]-?\d+(\.\d+)?[eE]|[:[,]-?\d*\.\d|[:[,]-?\d{16,}|[:[,]-0\b/.test(body) &&
      !/\\ud[89a-f]|\\u0000/i.test(body) &&
      body.isWellFormed()
    );
    assert.ok(bodies.length > 30, String(bodies.length));
    const script = `while IFS= read -r line; do
      printf %s "$line" | jq -jcS . | openssl dgst -sha256 -hmac ${SECRET} -r | cut -d ' ' -f 1
    done`;
    const signatures = await lines(
      "bash",
      ["-c", script],
      bodies.map((body) => `${body}\n`).join(""),
    );
    for (const [i, body] of bodies.entries()) assert.ok(verifies(body, signatures[i]), body);
  },
});

const termux = needs("bash", "openssl", "curl");
Deno.test({
  name: `the Termux script tells what is in front, and later what it could not${termux.suffix}`,
  ignore: termux.ignore,
  async fn() {
    const daemon = await startDaemon(["--no-track"]);
    const phone = await Phone.pair(daemon, "termux");
    const home = await Deno.makeTempDir({ prefix: "prodtracker-termux-" });
    try {
      await playTermux(daemon, phone, home);
    } finally {
      await daemon.stop();
      for (const folder of [home, daemon.dataDir]) await Deno.remove(folder, { recursive: true });
    }
  },
});

async function playTermux(daemon: DaemonProcess, phone: Phone, home: string): Promise<void> {
  // What a phone would ask its system is written into a file here.
  await Deno.writeTextFile(
    join(home, ".prodtracker"),
    `DEVICE_ID=termux\nSECRET=${phone.secret}\n: "\${URL:=${daemon.url}}"\n` +
      'FOREGROUND="cat $HOME/front"\nSCREEN="cat $HOME/screen"\n',
  );
  const script = fileURLToPath(new URL("../../web/phone/heartbeat.sh", import.meta.url));
  const beat = async (app: string, screen: "on" | "off", url?: string) => {
    await Deno.writeTextFile(join(home, "front"), app);
    await Deno.writeTextFile(join(home, "screen"), screen);
    const { success, stdout, stderr } = await new Deno.Command("bash", {
      args: [script, "--once"],
      clearEnv: true,
      env: { HOME: home, PATH: Deno.env.get("PATH") ?? "", ...(url && { URL: url }) },
    }).output();
    const decoder = new TextDecoder();
    assert.ok(success, decoder.decode(stderr));
    return decoder.decode(stdout) + decoder.decode(stderr);
  };
  const second = () => new Promise((resolve) => setTimeout(resolve, 1_050));
  const nowhere = "http://127.0.0.1:9";
  assert.equal(await beat("com.google.android.youtube\n", "on", nowhere), "");
  await second();
  assert.equal(await beat('com.sl"ack', "on", nowhere), "");
  await second();
  assert.equal(await beat("com.slack", "off"), "");
  const { heartbeat_count, top_apps } = await daemon.get<{
    heartbeat_count: number;
    top_apps: { app: string; class: string }[];
  }>("/phone/summary?device_id=termux&minutes=5");
  assert.equal(heartbeat_count, 3);
  assert.deepEqual(top_apps.map(({ app }) => app).toSorted(), [
    "com.google.android.youtube",
    "com.slack",
  ]);
  assert.throws(() => Deno.statSync(join(home, ".prodtracker_queue")), Deno.errors.NotFound);
  const wrong = await phone.raw("/phone/heartbeats", "{}", nowS());
  assert.equal(wrong.status, 400);
}
