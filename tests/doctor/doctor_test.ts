/** `doctor` against real things: what is there, what is not, and what is broken. */
import assert from "node:assert/strict";
import { needsNamespace, runInside } from "../blocker/namespace.ts";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { NOTIFICATION_NEEDS, startNotificationSession } from "../desktop/notification_session.ts";
import { needs } from "../programs.ts";
import { REDIS_PASSWORD, startRedis } from "../redis_server.ts";
import { startXSession, X_SESSION_NEEDS } from "../x_session.ts";
import { runDoctor, temporaryDataDir } from "./doctor.ts";

const GROUPS = [
  ...["Settings", "Data", "Daemon", "Machine", "Desktop", "Blocking", "Phone"],
  ...["Focus sessions", "Messages"],
];

Deno.test("doctor on a new machine: each check once, in groups, in its form, and exit 0", async () => {
  using data = temporaryDataDir();
  const { code, checks } = await runDoctor(data.path);
  assert.equal(code, 0);
  const groups = checks.map(({ group }) => group).filter((group, i, all) => group !== all[i - 1]);
  assert.deepEqual(groups, GROUPS);
  const names = checks.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, names.join(", "));
  for (const check of checks) {
    const { group, name, status, detail, remedy, ...rest } = check;
    assert.deepEqual(rest, {}, "no other fields");
    assert.ok([group, name, detail].every((text) => typeof text === "string" && text !== ""));
    assert.ok(["ok", "warn", "fail", "off"].includes(status), name);
    assert.ok(remedy === undefined || remedy !== "", name);
    assert.ok(!/\n/.test(`${detail}${remedy}`), `${name} is of one line`);
  }
  const expected = [
    ...["data directory", "disk space", "recording", "erasing", "database", "daily copies"],
    ...["service", "port", "start at login", "clock", "time server", "other users", "dashboard"],
    ...["system bus", "display", "compositor", "screenshots", "window tracking", "idle detection"],
    ...["session bus", "notifications", "screen lock", "sound server", "blocker", "phone"],
    ...["live state", "ffmpeg", "camera", "vision models", "mail", "SMS"],
  ];
  for (const name of expected) assert.ok(names.includes(name), name);
  assert.deepEqual([...Deno.readDirSync(data.path)].map(({ name }) => name), [], "nothing is made");
});

Deno.test({
  name:
    `doctor sees a real desktop; one that answers nobody does not stop it${NOTIFICATION_NEEDS.suffix}`,
  ignore: NOTIFICATION_NEEDS.ignore,
  async fn() {
    using data = temporaryDataDir();
    await using session = await startNotificationSession();
    const env = { ...session.env, PRODTRACKER_SCREENSHOTS: "true" };
    const { check, code } = await runDoctor(data.path, env);
    // Nobody says whether it is locked, so none would be taken unasked.
    assert.deepEqual([code, check("screen lock").status], [1, "fail"]);
    assert.match(check("display").detail, /^X11 ":\d+", \d+×\d+$/);
    for (const name of ["window tracking", "idle detection", "session bus", "screenshots"]) {
      assert.equal(check(name).status, "ok", name);
    }
    assert.match(check("notifications").detail, /^shown by dunst \d/);

    session.signalDunst("SIGSTOP");
    try {
      const stopped = await runDoctor(data.path, env);
      assert.equal(stopped.check("notifications").status, "warn");
      assert.match(stopped.check("notifications").detail, /does not answer/);
      assert.equal(stopped.check("SMS").status, "off", "the last one is told all the same");
    } finally {
      session.signalDunst("SIGCONT");
    }
  },
});

Deno.test({
  name:
    `doctor: a wrong display fails, Wayland is said, and a daemon's own display counts${X_SESSION_NEEDS.suffix}`,
  ignore: X_SESSION_NEEDS.ignore,
  async fn() {
    using data = temporaryDataDir();
    const wrong = await runDoctor(data.path, {
      ...{ DISPLAY: ":64999", PRODTRACKER_SCREENSHOTS: "true" },
      DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere/bus",
    });
    assert.equal(wrong.code, 1);
    assert.equal(wrong.check("display").status, "fail");
    assert.match(wrong.check("display").remedy!, /DISPLAY and XAUTHORITY/);
    assert.match(wrong.check("screenshots").detail, /switched on, but there is no X11 display/);
    assert.equal(wrong.check("session bus").status, "warn");

    using socket = Deno.listen({ transport: "unix", path: `${data.path}/wayland-7` });
    const wayland = { WAYLAND_DISPLAY: "wayland-7", XDG_RUNTIME_DIR: data.path };
    const native = await runDoctor(data.path, { ...wayland, XDG_CURRENT_DESKTOP: "GNOME" });
    assert.equal(native.check("display").detail, `Wayland "wayland-7"`);
    assert.match(native.check("compositor").detail, /^Wayland, GNOME: no window is seen/);
    socket.close();

    await using session = await startXSession({ windowManager: false });
    const bare = await runDoctor(data.path, { DISPLAY: session.display });
    assert.equal(bare.check("compositor").detail, "X11 without a window manager");
    await session.startWindowManager();
    const managed = (await runDoctor(data.path, { DISPLAY: session.display })).check("compositor");
    assert.equal(managed.detail, "X11, window manager Openbox, without compositing");

    const daemon = await startDaemon([], { dataDir: data.path, env: { DISPLAY: session.display } });
    try {
      await waitFor(async () => {
        const { parts } = await daemon.get<{ parts: { name: string; status: string }[] }>(
          "/health",
        );
        return parts.some(({ name, status }) => name === "window" && status === "ok") || undefined;
      });
      const paused = await daemon.fetch("/pause", {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: '{"on":true}',
      });
      await paused.body?.cancel();
      const served = await runDoctor(data.path);
      assert.equal(served.code, 0);
      assert.match(served.check("display").detail, /the daemon has one of its own$/);
      assert.equal(served.check("window tracking").status, "ok");
      assert.match(served.check("service").detail, /^serve \(process \d+\) at http/);
      assert.match(served.check("recording").detail, /^paused until pause off/);
      assert.doesNotMatch(served.said, new RegExp(daemon.token));
    } finally {
      await daemon.stop();
    }
    const after = await runDoctor(data.path);
    assert.match(after.check("recording").detail, /^paused until pause off, also for a daemon/);
    assert.equal(after.check("database").status, "ok");
  },
});

const redis = needs("redis-server", "redis-cli");
Deno.test({
  name: `doctor: Redis up, with a wrong password, and down${redis.suffix}`,
  ignore: redis.ignore,
  async fn() {
    using data = temporaryDataDir();
    await using server = await startRedis();
    const up = await runDoctor(data.path, { REDIS_URL: server.url });
    assert.deepEqual([up.code, up.check("live state").status], [0, "ok"]);
    const secrets = [REDIS_PASSWORD, "wrong-password-of-mine", "twilio-token-0123456789abcdef"];
    const wrong = await runDoctor(data.path, {
      ...{ REDIS_HOST: "127.0.0.1", REDIS_PORT: String(server.port), REDIS_PASSWORD: secrets[1] },
      ...{ TWILIO_AUTH_TOKEN: secrets[2] },
    });
    assert.deepEqual([wrong.code, wrong.check("live state").status], [1, "fail"]);
    assert.match(wrong.check("live state").remedy!, /REDIS_PASSWORD/);
    await server.kill();
    const down = await runDoctor(data.path, { REDIS_URL: server.url });
    assert.deepEqual([down.code, down.check("live state").status], [1, "fail"]);
    for (const secret of secrets) {
      for (const { said } of [up, wrong, down]) assert.ok(!said.includes(secret), secret);
    }
  },
});

Deno.test("doctor: a damaged database fails, a token that others may read warns", async () => {
  using data = temporaryDataDir();
  const daemon = await startDaemon(["--no-track"], { dataDir: data.path });
  await daemon.stop();
  Deno.chmodSync(`${data.path}/admin_token`, 0o644);
  const readable = await runDoctor(data.path);
  assert.deepEqual([readable.code, readable.check("data directory").status], [0, "warn"]);
  assert.match(readable.check("data directory").detail, /admin_token$/);

  const path = `${data.path}/prodtracker.db`;
  const bytes = Deno.readFileSync(path);
  bytes.fill(0xff, 4096 * 2 + 100, 4096 * 4);
  Deno.writeFileSync(path, bytes);
  const damaged = await runDoctor(data.path);
  assert.deepEqual([damaged.code, damaged.check("database").status], [1, "fail"]);
  assert.match(damaged.check("database").remedy!, /set aside/);
});

Deno.test("doctor: a program that is there and does not run is not well", async () => {
  using data = temporaryDataDir();
  using programs = temporaryDataDir();
  const said = "error while loading shared libraries: libavdevice.so.59";
  for (const [name, text] of [["ffmpeg", `echo "${said}" >&2; exit 127`], ["who", "exit 1"]]) {
    const path = `${programs.path}/${name}`;
    Deno.writeTextFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  const PATH = `${programs.path}:${Deno.env.get("PATH")}`;
  const { code, check } = await runDoctor(data.path, { PATH });
  assert.deepEqual([code, check("ffmpeg").status], [0, "off"]);
  assert.match(check("other users").detail, /who does not answer/);
});

const namespace = needsNamespace("ip");
Deno.test({
  name: `doctor: the browsers' policies as they are, and a full disk${namespace.suffix}`,
  ignore: namespace.ignore,
  async fn() {
    await runInside("../doctor/inside_machine.ts", { limitS: 60 });
  },
});
