/** Screenshots of the real daemon: taken by command, on noise and by the clock; kept, shown and deleted. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { WireScreenshot, WireScreenshotSettings } from "../../daemon/api/screenshots.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { BUS_NEEDS, startBus, startLogind } from "../session/buses.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";
import { decodePng } from "./png.ts";
import { XWindows } from "./x_windows.ts";

const RED = 0xc01020;
const SECRET = "tulip bulb prices";

interface Stage {
  readonly session: XSession;
  readonly windows: XWindows;
  readonly daemon: DaemonProcess;
}

function test(
  name: string,
  act: (stage: Stage) => Promise<void>,
  { env = {}, args = ["--no-track"], hasLogind = false }: {
    readonly env?: Record<string, string>;
    readonly args?: readonly string[];
    /** It says that the screen is not locked. */
    readonly hasLogind?: boolean;
  } = {},
): void {
  const { ignore, suffix } = hasLogind && !X_SESSION_NEEDS.ignore ? BUS_NEEDS : X_SESSION_NEEDS;
  Deno.test({
    name: `screenshots: ${name}${suffix}`,
    ignore,
    async fn() {
      await using bus = hasLogind ? await startBus() : undefined;
      using _logind = bus && await startLogind(bus.address);
      await using session = await startXSession();
      await using windows = await XWindows.open(session);
      const buses = bus && { DBUS_SYSTEM_BUS_ADDRESS: bus.address };
      const daemon = await startDaemon(args, {
        env: { DISPLAY: session.display, ...buses, ...env },
      });
      try {
        await act({ session, windows, daemon });
      } finally {
        await daemon.stop();
        await Deno.remove(daemon.dataDir, { recursive: true });
      }
    },
  });
}

async function call<T>(daemon: DaemonProcess, method: string, path: string, body?: unknown) {
  const response = await daemon.fetch(path, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
  return { status: response.status, body: await response.json() as T };
}

type Refused = { error: { code: string; message: string } };
type Page = { screenshots: WireScreenshot[]; next_cursor: string | null };

async function take(daemon: DaemonProcess): Promise<WireScreenshot[]> {
  const { status, body } = await call<Page>(daemon, "POST", "/screenshots");
  assert.equal(status, 200, JSON.stringify(body));
  return body.screenshots;
}

/** Every file below the folder of screenshots, and each folder with its rights. */
function filesOf({ dataDir }: DaemonProcess, below = "screenshots"): string[] {
  try {
    return [...Deno.readDirSync(join(dataDir, below))].flatMap(({ name, isDirectory }) => {
      const path = `${below}/${name}`;
      const mode = (Deno.statSync(join(dataDir, path)).mode! & 0o777).toString(8);
      return isDirectory
        ? [`${mode} folder`, ...filesOf({ dataDir } as DaemonProcess, path)]
        : [`${mode} ${name}`];
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

test("one taken by command is kept, listed, shown and deleted", async ({ windows, daemon }) => {
  await windows.add({ app: "Editor", colour: RED, x: 100, y: 100, overrideRedirect: true });
  const [shot, ...others] = await take(daemon);
  assert.equal(others.length, 0);
  assert.equal(shot.reason, "command");
  assert.deepEqual([shot.width_px, shot.height_px, shot.monitor], [800, 600, "screen"]);
  const files = filesOf(daemon);
  assert.equal(files.length, 2);
  assert.equal(files[0], "700 folder");
  assert.match(files[1], /^600 \d{6}-screen\.png$/);

  const response = await daemon.fetch(`/screenshots/${shot.id}`);
  assert.equal(response.headers.get("content-type"), "image/png");
  assert.equal(response.headers.get("cache-control"), "no-store");
  const png = await response.bytes();
  assert.equal(png.length, shot.bytes);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", png));
  assert.equal(digest.toHex(), shot.sha256);
  assert.equal(decodePng(png).at(120, 120), RED);

  for (
    const [method, path] of [
      ["GET", ""],
      ["POST", ""],
      ["DELETE", "?from=2020-01-01T00:00:00Z"],
      ["GET", `/${shot.id}`],
      ["DELETE", `/${shot.id}`],
      ["GET", "/settings"],
    ]
  ) {
    const headers = { "x-admin-token": "not the one" };
    const { status, body } = await daemon.fetch(`/screenshots${path}`, { method, headers });
    await body?.cancel();
    assert.equal(status, 401, `${method} ${path}`);
  }

  const [second] = await take(daemon);
  const [third] = await take(daemon);
  const page = await daemon.get<Page>("/screenshots?limit=2");
  assert.deepEqual(page.screenshots.map(({ id }) => id), [third.id, second.id]);
  const rest = await daemon.get<Page>(`/screenshots?limit=2&cursor=${page.next_cursor}`);
  assert.deepEqual(rest, { screenshots: [shot], next_cursor: null });

  assert.equal((await call(daemon, "DELETE", `/screenshots/${shot.id}`)).status, 200);
  assert.equal((await call(daemon, "DELETE", `/screenshots/${shot.id}`)).status, 404);
  assert.equal((await call(daemon, "GET", `/screenshots/${shot.id}`)).status, 404);
  assert.equal((await call(daemon, "DELETE", "/screenshots")).status, 400);
  assert.equal(filesOf(daemon).length, 3);
  const from = second.at;
  const range = await call(daemon, "DELETE", `/screenshots?from=${from}`);
  assert.deepEqual(range.body, { deleted: 2 });
  assert.deepEqual(filesOf(daemon), []);
  assert.deepEqual((await daemon.get<Page>("/screenshots")).screenshots, []);
});

test("a file that was changed, or is gone, is said", async ({ daemon }) => {
  const [shot] = await take(daemon);
  const folder = join(daemon.dataDir, "screenshots");
  const day = [...Deno.readDirSync(folder)][0].name;
  const path = join(folder, day, [...Deno.readDirSync(join(folder, day))][0].name);
  const png = Deno.readFileSync(path);
  png[png.length - 20] ^= 1;
  Deno.writeFileSync(path, png);
  const changed = await call<Refused>(daemon, "GET", `/screenshots/${shot.id}`);
  assert.equal(changed.status, 409);
  assert.match(changed.body.error.message, /was changed since it was taken/);
  Deno.removeSync(path);
  const gone = await call<Refused>(daemon, "GET", `/screenshots/${shot.id}`);
  assert.equal(gone.status, 404);
  assert.match(gone.body.error.message, /file of screenshot \d+ is gone/);
  assert.equal((await call(daemon, "DELETE", `/screenshots/${shot.id}`)).status, 200);
});

test("none while a privacy rule matches a window, or recording is paused; whose it was is not said", async ({ windows, daemon }) => {
  const rule = { match: "title", exact: SECRET, action: "drop_title" };
  assert.equal((await call(daemon, "PUT", "/privacy", [rule])).status, 200);
  const window = await windows.add({ app: "Editor", title: SECRET, colour: RED });
  const { status, body } = await call<Refused>(daemon, "POST", "/screenshots");
  assert.equal(status, 409);
  assert.match(body.error.message, /^Cannot take a screenshot: a window that must not be in one/);
  assert.deepEqual(filesOf(daemon), []);
  assert.ok(!(JSON.stringify(body) + daemon.stderr()).includes("tulip"));
  await windows.destroy(window);
  await take(daemon);
  assert.equal((await call(daemon, "PUT", "/pause", { minutes: 5 })).status, 200);
  const paused = await call<Refused>(daemon, "POST", "/screenshots");
  assert.equal(paused.status, 409);
  assert.match(paused.body.error.message, /recording is paused/);
});

for (
  const [env, reason] of [
    [{ DISPLAY: "" }, /DISPLAY is not set/],
    [{ WAYLAND_DISPLAY: "wayland-0" }, /Wayland/],
  ] as const
) {
  test(`where there can be none that is said: ${Object.keys(env)}`, async ({ daemon }) => {
    const { status, body } = await call<Refused>(daemon, "POST", "/screenshots");
    assert.deepEqual([status, body.error.code], [501, "not_supported"]);
    assert.match(body.error.message, reason);
  }, { env });
}

/** What `/health` says of a part: "ok: ready". */
async function detailOf(daemon: DaemonProcess, name: string): Promise<string> {
  type Part = { name: string; status: string; detail: string };
  const { parts } = await daemon.get<{ parts: Part[] }>("/health");
  const part = parts.find((each) => each.name === name);
  return part ? `${part.status}: ${part.detail}` : "";
}

const NOISE_RULE = { match: "title", exact: "cat videos", class: "noise" };
const QUICK: Omit<WireScreenshotSettings, "on"> = {
  ...{ on_noise: true, noise_seconds: 1, noise_minutes: 5, interval_minutes: null, scale: 0.5 },
};

test(
  "noise that lasts is shot once, with the event in front; and by the clock",
  async ({ windows, daemon }) => {
    await call(daemon, "PUT", "/rules", [NOISE_RULE]);
    await call(daemon, "PUT", "/screenshots/settings", QUICK);
    await waitFor(async () =>
      /told by (?!nobody)/.test(await detailOf(daemon, "session")) || undefined
    );
    const events: string[] = [];
    const stream = await daemon.fetch("/stream");
    const reading = (async () => {
      for await (const text of stream.body!.pipeThrough(new TextDecoderStream())) events.push(text);
    })().catch(() => {});
    await windows.add({ app: "Player", title: "cat videos", colour: RED });
    const list = async () => (await daemon.get<Page>("/screenshots")).screenshots;
    const [shot] = await waitFor(async () => {
      const found = await list();
      return found.length > 0 ? found : undefined;
    });
    assert.equal(shot.reason, "noise");
    assert.deepEqual([shot.width_px, shot.height_px], [400, 300]);
    const recent = await daemon.get<{ id: number; title: string }[]>("/events/recent");
    assert.equal(recent.find(({ id }) => id === shot.event_id)?.title, "cat videos");
    assert.ok(events.join("").includes("event: screenshot\n"));
    // Back from something else: it is noise again, but not for long enough since.
    const other = await windows.add({ app: "Editor", title: "work" });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await windows.destroy(other);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal((await list()).length, 1);

    assert.equal(await detailOf(daemon, "screenshots"), "ok: after 1 s of noise");
    await call(daemon, "PUT", "/screenshots/settings", { ...QUICK, interval_minutes: 0.1 });
    const [newest] = await waitFor(async () => {
      const found = await list();
      return found.length > 1 ? found : undefined;
    });
    assert.equal(newest.reason, "interval");
    await daemon.stop();
    await reading;
  },
  { env: { PRODTRACKER_SCREENSHOTS: "true" }, args: [], hasLogind: true },
);

test("unasked none while nobody can tell whether the screen is locked", async ({ daemon }) => {
  await call(daemon, "PUT", "/screenshots/settings", { ...QUICK, interval_minutes: 0.1 });
  const said = await waitFor(async () => {
    const said = await detailOf(daemon, "screenshots");
    return said.includes("the last one") ? said : undefined;
  });
  assert.match(said, /^ok: .*nobody can tell whether the screen is locked/);
  assert.deepEqual((await daemon.get<Page>("/screenshots")).screenshots, []);
  assert.equal((await take(daemon)).length, 1);
}, { env: { PRODTRACKER_SCREENSHOTS: "true" }, args: [] });

test("none is taken unasked unless they are switched on", async ({ windows, daemon }) => {
  await call(daemon, "PUT", "/rules", [NOISE_RULE]);
  await call(daemon, "PUT", "/screenshots/settings", { ...QUICK, interval_minutes: 0.1 });
  await windows.add({ app: "Player", title: "cat videos", colour: RED });
  await waitFor(async () => {
    const [event] = await daemon.get<{ title: string | null }[]>("/events/recent");
    return event?.title === "cat videos" || undefined;
  });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  assert.deepEqual((await daemon.get<Page>("/screenshots")).screenshots, []);
  assert.match(await detailOf(daemon, "screenshots"), /^off: /);
}, { args: [] });
