// deno-lint-ignore-file no-console -- what it says is what a failure shows
/** The whole life of the service under a real `systemd --user`; run by `runInLogin()`. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { waitFor } from "../daemon_process.ts";
import { startXSession } from "../x_session.ts";
import { CHECKOUT, chown, DATA_DIR, HOME, Login, putCheckout, UNIT_PATH } from "./login.ts";

const SECRET = "1234567890-not-to-be-copied";
const startedMs = performance.now();

async function step(name: string, work: () => Promise<void>): Promise<void> {
  await work();
  console.log(`${((performance.now() - startedMs) / 1000).toFixed(1)} s  ${name}`);
}

await putCheckout(Deno.args[0]);
const login = await Login.start();
let pid = 0;

await step("status says that nothing is installed", async () => {
  const status = await login.status();
  assert.deepEqual([status.installed, status.active, status.unsupported], [false, false, null]);
});

await step("install starts it, and names what of the shell it will not have", async () => {
  const env = { TWILIO_AUTH_TOKEN: SECRET, PRODTRACKER_PORT: "8765", DISPLAY: "far:10.0" };
  const { code, stdout, stderr } = await login.cli(["service", "install"], env);
  // That it has another port than this shell says is what the warning is for.
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^wrote .*prodtracker\.service\n.*running since .*\n.*127\.0\.0\.1:8000/);
  assert.match(stderr, /not for the service: PRODTRACKER_PORT, TWILIO_AUTH_TOKEN\./);
  assert.match(stderr, /To undo it: prodtracker service uninstall/);
  const text = Deno.readTextFileSync(UNIT_PATH);
  assert.ok(![text, stdout, stderr].some((said) => said.includes(SECRET)));
  assert.ok(!text.includes("8765"));
  assert.equal(Deno.readTextFileSync(`${CHECKOUT}/built`), "x", "it was built before");
  assert.equal((Deno.statSync(DATA_DIR).mode ?? 0) & 0o777, 0o700);
});

await step("status says since when, by whom, and that there is no display", async () => {
  const status = await login.statusWhen((status) => status.sees_display !== null);
  assert.equal(status.manager, "systemd");
  assert.ok(status.installed && status.enabled && status.active && status.answers);
  assert.ok(Math.abs(Date.parse(status.since!) - Date.now()) < 30_000, status.since!);
  // A display forwarded from afar is no desktop.
  assert.deepEqual([status.display, status.sees_display], [null, false]);
  pid = status.pid!;
  const { stdout } = await login.cli(["service", "status"]);
  assert.match(stdout, /display\s+none: nothing told systemd/);
});

await step("install again changes nothing", async () => {
  const { code, stdout } = await login.cli(["service", "install"]);
  assert.equal(code, 0);
  assert.match(stdout, /^unchanged: /);
  assert.equal((await login.status()).pid, pid);
});

await step("a second daemon is told who has the directory", async () => {
  const { code, stderr } = await login.cli(["serve", "--port", "0"]);
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`serve \\(process ${pid}\\) has it`));
});

const x = await startXSession({ serverArgs: ["-ac"] });

await step("it starts anew when the desktop is there, and sees it", async () => {
  await login.run(["systemctl", "--user", "import-environment", "DISPLAY"], { DISPLAY: x.display });
  const status = await login.statusWhen((status) => status.sees_display === true);
  assert.equal(status.display, x.display);
  assert.notEqual(status.pid, pid);
  assert.equal(status.restarts, 0, "it was asked to, it did not fail");
  pid = status.pid!;
});

x.run("xmessage", "-title", "A window to be seen", "here");
await waitFor(() => lastWindow());

await step("killed, it is started again, and nothing acknowledged is missing", async () => {
  const { url } = await login.status();
  const line = { start: "2026-01-31T10:00:00Z", end: "2026-01-31T10:10:00Z", source: "window" };
  const body = JSON.stringify({ ...line, app: "Code", title: "acknowledged.ts" });
  const token = Deno.readTextFileSync(`${DATA_DIR}/admin_token`).trim();
  const headers = { "X-Admin-Token": token };
  const response = await fetch(`${url}/import`, { method: "POST", body, headers });
  assert.equal(response.status, 200, await response.text());
  Deno.kill(pid, "SIGKILL");
  const status = await login.statusWhen((now) => now.answers && now.pid !== pid);
  assert.equal(status.restarts, 1);
  pid = status.pid!;
  assert.ok(titles().includes("acknowledged.ts"));
});

await step("asked to end, it saves the open event and ends with 0", async () => {
  // So that what was saved last by itself is a while ago: it does so every 5 s.
  await login.statusWhen((status) => status.sees_display === true);
  const savedMs = await waitFor(() => lastWindow());
  await waitFor(() => lastWindow() !== savedMs ? true : undefined);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const askedMs = Date.now();
  await login.systemctl("stop", "prodtracker.service");
  assert.equal(await login.property("ExecMainStatus"), "0");
  assert.equal(await login.property("Result"), "success");
  const endMs = lastWindow()!;
  assert.ok(endMs >= askedMs - 500, `saved ${askedMs - endMs} ms before it was asked to end`);
  const status = await login.status();
  assert.deepEqual([status.active, status.state, status.failure], [false, "inactive", null]);
});

await step("logs shows what it said, and ends by Ctrl-C", async () => {
  const { code, stdout } = await login.cli(["service", "logs", "-n", "20"]);
  assert.equal(code, 0);
  assert.match(stdout, /ProdTracker is at http:\/\/127\.0\.0\.1:8000/);
  assert.ok(!stdout.includes("A window to be seen"), "titles are in no log");
  const following = login.spawn(login.program(["service", "logs", "-f", "-n", "1"]), {}, "piped");
  const reader = following.stdout.getReader();
  assert.ok((await reader.read()).value!.length > 0);
  following.kill("SIGINT");
  assert.equal((await following.status).code, 130);
  await reader.cancel();
  await following.stderr.cancel();
  const { stdout: left } = await login.run(["ps", "-A", "-o", "args="]);
  assert.ok(!left.includes("journalctl --"), left);
});

// What the user wants otherwise stands beside the unit. The sleeper stands for who lifts a block.
const DROP_IN = `${UNIT_PATH}.d`;
Deno.mkdirSync(DROP_IN);
const sleeper = 'ExecStartPost=/bin/sh -c "sleep 12345 &"';
Deno.writeTextFileSync(`${DROP_IN}/quick.conf`, `[Service]\nRestartSec=50ms\n${sleeper}\n`);
await login.systemctl("daemon-reload");

await step("it starts and ends with a desktop's session, where there is one", async () => {
  const folder = `${HOME}/.config/systemd/user`;
  const session = "[Unit]\nBindsTo=graphical-session.target\nBefore=graphical-session.target\n";
  Deno.writeTextFileSync(`${folder}/some-session.target`, session);
  await login.systemctl("daemon-reload");
  await login.systemctl("start", "some-session.target");
  await login.statusWhen((status) => status.active);
  await login.systemctl("stop", "some-session.target");
  await login.statusWhen((status) => status.state === "inactive");
  const { stdout } = await login.run(["ps", "-A", "-o", "args="]);
  assert.match(stdout, /^sleep 12345$/m, "what it started outlives it");
});

await step("a wrong setting is said, and not tried again", async () => {
  Deno.writeTextFileSync(`${CHECKOUT}/.env`, "PRODTRACKER_PORT=a lot\n");
  const { code, stderr } = await login.cli(["service", "install"], { PRODTRACKER_PORT: "8000" });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /Cannot start the service: exit code 2 .*; what it said: prodtracker service logs/,
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(await login.property("NRestarts"), "0");
  assert.equal(await login.property("ActiveState"), "failed");
  Deno.removeSync(`${CHECKOUT}/.env`);
});

await step("a database that is not ours is given up after a few starts", async () => {
  Deno.renameSync(`${DATA_DIR}/prodtracker.db`, `${DATA_DIR}/kept`);
  const other = new DatabaseSync(`${DATA_DIR}/prodtracker.db`);
  other.exec(
    "CREATE TABLE theirs (x) STRICT; INSERT INTO theirs VALUES ('kept')".replace("(x)", "(x TEXT)"),
  );
  other.close();
  await chown(DATA_DIR);
  await login.run(["systemctl", "--user", "start", "prodtracker.service"]);
  const status = await login.statusWhen((status) => status.state === "failed", 40_000);
  assert.match(status.failure!, /^exit code 1, each time it was started; given up$/);
  Deno.renameSync(`${DATA_DIR}/kept`, `${DATA_DIR}/prodtracker.db`);
  Deno.removeSync(DROP_IN, { recursive: true });
  await login.systemctl("daemon-reload");
});

await step("install refuses while another daemon has the directory", async () => {
  const serve = login.spawn(login.program(["serve", "--port", "0"]));
  const note = await waitFor(() => {
    try {
      return JSON.parse(Deno.readTextFileSync(`${DATA_DIR}/daemon.json`)) as { pid: number };
    } catch {
      return undefined;
    }
  });
  const { code, stderr } = await login.cli(["service", "install"]);
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`serve \\(process ${note.pid}\\) has .*; end it first`));
  serve.kill("SIGTERM");
  assert.equal((await serve.status).code, 0);
});

await step("uninstall stops it, takes away what is ours, and leaves the data", async () => {
  assert.equal((await login.cli(["service", "install"])).code, 0);
  const { code, stdout } = await login.cli(["service", "uninstall"]);
  assert.equal(code, 0);
  assert.equal(stdout, `removed ${UNIT_PATH}\n`);
  const status = await login.status();
  assert.deepEqual([status.installed, status.active, status.enabled], [false, false, false]);
  const left = Array.from(Deno.readDirSync(`${HOME}/.config/systemd/user`), ({ name }) => name);
  assert.deepEqual(left, ["some-session.target"]);
  assert.ok(titles().includes("acknowledged.ts"));
  const again = await login.cli(["service", "uninstall"]);
  assert.deepEqual([again.code, again.stdout], [0, ""]);
});

await step("somebody else's unit of that name is left alone", async () => {
  const theirs = "[Service]\nExecStart=/bin/true\n";
  const refused = async () => {
    for (const verb of ["install", "uninstall"]) {
      const { code, stderr } = await login.cli(["service", verb]);
      assert.equal(code, 1);
      assert.match(stderr, /it is there already, and not written by prodtracker/);
    }
    const { installed, active, unsupported } = await login.status();
    assert.deepEqual([installed, active], [false, false]);
    assert.match(unsupported!, /not written by prodtracker; move it away/);
  };
  Deno.writeTextFileSync(UNIT_PATH, theirs);
  await chown(UNIT_PATH);
  await login.systemctl("start", "prodtracker");
  await refused();
  assert.equal(Deno.readTextFileSync(UNIT_PATH), theirs);
  Deno.removeSync(UNIT_PATH);
  await login.systemctl("mask", "prodtracker");
  await refused();
  await login.systemctl("unmask", "prodtracker");
  Deno.mkdirSync(UNIT_PATH);
  await refused();
});

await x[Symbol.asyncDispose]();
Deno.exit(0);

/** The end of the event of our window, ms; `undefined` before there is one. */
function lastWindow(): number | undefined {
  const [row] = query("WHERE s.title = 'A window to be seen' ORDER BY e.end_ms DESC LIMIT 1");
  return row?.end_ms;
}

function titles(): string[] {
  return query("").map(({ title }) => title);
}

function query(rest: string): { title: string; end_ms: number }[] {
  const db = new DatabaseSync(`${DATA_DIR}/prodtracker.db`, { readOnly: true });
  try {
    const from = "SELECT s.title, e.end_ms FROM event e JOIN subject s ON s.id = e.subject_id";
    return db.prepare(`${from} ${rest}`).all() as { title: string; end_ms: number }[];
  } finally {
    db.close();
  }
}
