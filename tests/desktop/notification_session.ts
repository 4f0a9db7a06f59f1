/**
 * A real desktop that shows notifications, without a screen: Xvfb, a D-Bus session of its own, and dunst.
 * @module
 */
import { waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startXSession, type XSession } from "../x_session.ts";

/** What a session needs of the system; see `needs`. */
export const NOTIFICATION_NEEDS = needs("Xvfb", "xdotool", "dbus-daemon", "dunst", "ffmpeg");

/** A notification as dunst says it showed it. */
export interface DunstNotification {
  readonly app: string;
  readonly title: string;
  /** With its markup. */
  readonly body: string;
  readonly urgency: string;
  readonly category: string;
  readonly desktopEntry: string;
  /** Milliseconds until it goes by itself; 0: never. */
  readonly expiryMs: number;
}

/** A running session; disposing of it ends every process that it started. */
export interface NotificationSession extends AsyncDisposable {
  readonly x: XSession;
  /** What a program needs to be in this session: DISPLAY and DBUS_SESSION_BUS_ADDRESS. */
  readonly env: Readonly<Record<"DISPLAY" | "DBUS_SESSION_BUS_ADDRESS", string>>;
  /** What XDG_RUNTIME_DIR would be: the bus is in its usual place there. */
  readonly runtimeDir: string;
  /** All that dunst ever showed, in order. */
  shown(): Promise<DunstNotification[]>;
  /** Resolves with the first one shown for which `check` holds. */
  shownThat(check: (shown: DunstNotification) => boolean): Promise<DunstNotification>;
  /** How many are up now; `undefined` when no dunst runs. */
  upCount(): Promise<number | undefined>;
  /** Chooses the button `label` of the one that is up, by dunst's menu. */
  choose(label: string): Promise<void>;
  /** Clicks it away with the mouse. */
  clickAway(): Promise<void>;
  /** What the screen looks like, as a PNG. */
  screenshot(path: string): Promise<void>;
  /** Kills dunst (SIGKILL). */
  killDunst(): Promise<void>;
  /** Starts a dunst; there is one from the beginning. */
  startDunst(): Promise<void>;
  /** Stops dunst so that it answers nobody, or lets it go on. */
  signalDunst(signal: "SIGSTOP" | "SIGCONT"): void;
  /** Kills the bus, as the end of a desktop session would. */
  killBus(): Promise<void>;
  /** Starts the bus again, at the same address. */
  startBus(): Promise<void>;
}

/** The configuration of a dbus-daemon that lets everybody do everything. */
export const busConfig = (socket: string) =>
  `<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

const DUNST_CONFIG = (dir: string) =>
  `[global]
  monitor = 0
  width = 360
  height = 300
  origin = top-right
  offset = 20x20
  font = DejaVu Sans 11
  markup = full
  dmenu = ${dir}/menu
  mouse_left_click = context
  mouse_right_click = close_current
[record]
  summary = "*"
  script = ${dir}/record
`;

/** Writes down what was shown, whole before it is seen. */
const RECORD = (dir: string) =>
  `#!/bin/sh
at=$(date +%s%N)
printf '%s\\0' "$DUNST_APP_NAME" "$DUNST_SUMMARY" "$DUNST_BODY" "$DUNST_URGENCY" "$DUNST_CATEGORY" \\
  "$DUNST_DESKTOP_ENTRY" "$DUNST_TIMEOUT" > "${dir}/shown/.$at.$$"
mv "${dir}/shown/.$at.$$" "${dir}/shown/$at.$$"
`;

/** Stands in for the program that lists the buttons: takes the line that was asked for. */
const MENU = (dir: string) =>
  `#!/bin/sh
grep -F -m 1 -- "$(cat "${dir}/choice")"
`;

/** Starts a session with nothing on its screen. */
export async function startNotificationSession(): Promise<NotificationSession> {
  const dir = await Deno.makeTempDir({ prefix: "notifications_" });
  const socket = `${dir}/bus`;
  const address = `unix:path=${socket}`;
  await Deno.mkdir(`${dir}/shown`);
  await Deno.writeTextFile(`${dir}/bus.conf`, busConfig(socket));
  await Deno.writeTextFile(`${dir}/dunstrc`, DUNST_CONFIG(dir));
  await Deno.writeTextFile(`${dir}/record`, RECORD(dir), { mode: 0o755 });
  await Deno.writeTextFile(`${dir}/menu`, MENU(dir), { mode: 0o755 });
  const x = await startXSession({
    windowManager: false,
    env: { DBUS_SESSION_BUS_ADDRESS: address },
  });
  let bus: Deno.ChildProcess | undefined, dunst: Deno.ChildProcess | undefined;

  const upCount = () =>
    x.output("dunstctl", "count", "displayed").then((text) => Number(text), () => undefined);
  const startBus = async () => {
    bus = x.run("dbus-daemon", "--nofork", "--nopidfile", `--config-file=${dir}/bus.conf`);
    await waitFor(() => accepts(socket));
  };
  const startDunst = async () => {
    dunst = x.run("dunst", "-conf", `${dir}/dunstrc`);
    await waitFor(upCount);
  };
  const shown = async () => {
    const names = Array.from(Deno.readDirSync(`${dir}/shown`), ({ name }) => name);
    const whole = names.filter((name) => !name.startsWith(".")).sort();
    return await Promise.all(whole.map((name) => readShown(`${dir}/shown/${name}`)));
  };
  const session: NotificationSession = {
    x,
    env: { DISPLAY: x.display, DBUS_SESSION_BUS_ADDRESS: address },
    runtimeDir: dir,
    shown,
    shownThat: (check) => waitFor(async () => (await shown()).find(check)),
    upCount,
    startBus,
    startDunst,
    async choose(label) {
      await Deno.writeTextFile(`${dir}/choice`, `#${label} `);
      await x.output("dunstctl", "context");
    },
    async clickAway() {
      await x.xdotool("mousemove", "700", "40", "click", "3");
    },
    async screenshot(path) {
      const grab = ["-f", "x11grab", "-video_size", "800x600", "-i", x.display, "-frames:v", "1"];
      await x.output("ffmpeg", "-nostdin", "-loglevel", "error", ...grab, "-y", path);
    },
    async killDunst() {
      dunst?.kill("SIGKILL");
      await dunst?.status;
    },
    signalDunst: (signal) => dunst?.kill(signal),
    async killBus() {
      bus?.kill("SIGKILL");
      await bus?.status;
      // What was connected ends as well; a socket that nobody listens at stays.
      await Deno.remove(socket);
    },
    async [Symbol.asyncDispose]() {
      await x[Symbol.asyncDispose]();
      await Deno.remove(dir, { recursive: true });
    },
  };
  try {
    await startBus();
    await startDunst();
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}

async function accepts(path: string): Promise<true | undefined> {
  try {
    (await Deno.connect({ transport: "unix", path })).close();
    return true;
  } catch {
    return undefined;
  }
}

async function readShown(path: string): Promise<DunstNotification> {
  const [app, title, body, urgency, category, desktopEntry, expiry] =
    (await Deno.readTextFile(path))
      .split("\0");
  return { app, title, body, urgency, category, desktopEntry, expiryMs: Number(expiry) };
}
