/** Pictures of a real display: what is in them, at which size, and when there are none. */
import assert from "node:assert/strict";
import { capture, PACE, type Pace, RefusedError } from "../../daemon/screenshots/capture.ts";
import type { FocusedWindow } from "../../daemon/core/types.ts";
import { waitFor } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";
import { decodePng } from "./png.ts";
import { XWindows } from "./x_windows.ts";

const RED = 0xc01020, GREEN = 0x10b030, BLUE = 0x2030d0, PRIVATE = 0xff00fe;

interface Shot {
  readonly scale?: number;
  readonly isPrivate?: (window: FocusedWindow) => boolean;
  /** @default in haste, where nothing fades */
  readonly pace?: Pace;
}

const HASTE: Pace = { quietMs: 60, settleMs: 20 };
const isVault = (window: FocusedWindow) => window.app === "Vault";

async function shoot(
  session: XSession,
  { scale = 1, isPrivate = isVault, pace = HASTE }: Shot = {},
) {
  const pictures = await capture({
    ...{ display: session.display, scale, pace, signal: new AbortController().signal },
    env: () => undefined,
    judge: ({ windows }) => Promise.resolve(windows.some(isPrivate) ? "private" : undefined),
  });
  return pictures.map((picture) => ({ ...picture, ...decodePng(picture.png) }));
}

async function refusal(session: XSession, shot?: Shot): Promise<string> {
  try {
    await shoot(session, shot);
    return "none";
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
}

function testX(
  name: string,
  fn: (session: XSession, windows: XWindows) => Promise<void>,
  { screen, windowManager = true, programs = [] }: {
    readonly screen?: string;
    readonly windowManager?: boolean;
    readonly programs?: readonly string[];
  } = {},
): void {
  const need = needs(...programs);
  const { ignore, suffix } = X_SESSION_NEEDS.ignore ? X_SESSION_NEEDS : need;
  Deno.test({
    name: `screenshots: ${name}${suffix}`,
    ignore,
    async fn() {
      const serverArgs = screen ? ["-screen", "0", screen] : [];
      await using session = await startXSession({ windowManager, serverArgs });
      await using windows = await XWindows.open(session);
      await fn(session, windows);
    },
  });
}

testX(
  "a picture has the colours that were drawn, where they were drawn",
  async (session, windows) => {
    await windows.add({ overrideRedirect: true, app: "Editor", colour: RED, x: 10, y: 20 });
    await windows.add({ overrideRedirect: true, app: "Chat", colour: BLUE, x: 300, y: 400 });
    const [picture, ...others] = await shoot(session);
    assert.equal(others.length, 0);
    assert.deepEqual([picture.widthPx, picture.heightPx], [800, 600]);
    for (const [x, y] of [[10, 20], [209, 169], [100, 100]]) assert.equal(picture.at(x, y), RED);
    for (const [x, y] of [[300, 400], [499, 549]]) assert.equal(picture.at(x, y), BLUE);
    for (const [x, y] of [[9, 20], [210, 169], [299, 400], [799, 599]]) {
      assert.equal(
        picture.at(x, y),
        0,
      );
    }
  },
);

for (
  const [screen, pixel, colour] of [
    ["320x200x16", 0b10000_010000_00100, 0x844121],
    ["320x200x30", 0x301 << 20 | 0x40 << 10 | 0x3ff, 0xc010ff],
  ] as const
) {
  testX(`a screen of ${screen} is read as well`, async (session, windows) => {
    await windows.add({ overrideRedirect: true, app: "Editor", colour: pixel });
    const [picture] = await shoot(session);
    assert.equal(picture.at(60, 60).toString(16), colour.toString(16));
    assert.equal(picture.at(5, 5), 0);
  }, { screen, windowManager: false });
}

testX("a screen of palette colours is not guessed at", async (session) => {
  await assert.rejects(shoot(session), /places in a palette/);
}, { screen: "320x200x8", windowManager: false });

testX(
  "half the size is a quarter of the pixels, each the mean of four",
  async (session, windows) => {
    await windows.add({
      overrideRedirect: true,
      app: "Editor",
      colour: 0xffffff,
      x: 0,
      y: 0,
      widthPx: 101,
      heightPx: 100,
    });
    const [picture] = await shoot(session, { scale: 0.5 });
    assert.deepEqual([picture.widthPx, picture.heightPx], [400, 300]);
    assert.equal(picture.at(49, 49), 0xffffff);
    assert.equal(picture.at(50, 20), 0x808080);
    assert.equal(picture.at(51, 20), 0);
  },
);

testX("two monitors are two pictures, each of its own part", async (session, windows) => {
  await session.output("xrandr", "--setmonitor", "left", "500/100x600/100+0+0", "screen");
  await session.output("xrandr", "--setmonitor", "right", "300/100x600/100+500+0", "none");
  await windows.add({ overrideRedirect: true, app: "Editor", colour: RED, x: 100, y: 50 });
  await windows.add({ overrideRedirect: true, app: "Chat", colour: BLUE, x: 550, y: 50 });
  const pictures = await shoot(session);
  assert.deepEqual(
    pictures.map(({ monitor, widthPx, heightPx }) => [monitor, widthPx, heightPx]),
    [["left", 500, 600], ["right", 300, 600]],
  );
  assert.deepEqual([pictures[0].at(150, 100), pictures[0].has(BLUE)], [RED, false]);
  assert.deepEqual([pictures[1].at(60, 60), pictures[1].has(RED)], [BLUE, false]);
  // On either of them it keeps both from being taken.
  await windows.add({ app: "Vault", colour: PRIVATE, x: 600, y: 300, widthPx: 100 });
  assert.equal(await refusal(session), "private");
}, { programs: ["xrandr"] });

testX("at 200 % the picture has the pixels of the screen", async (session) => {
  await session.output("xrandr", "--dpi", "192");
  session.run("xterm", "-xrm", "Xft.dpi: 192", "-T", "large", "-bg", "#c01020", "-fs", "22");
  await session.xdotool("search", "--sync", "--onlyvisible", "--name", "^large$");
  const [picture] = await shoot(session);
  assert.deepEqual([picture.widthPx, picture.heightPx], [800, 600]);
  assert.ok(picture.has(RED));
}, { programs: ["xrandr"] });

testX(
  "a private window that can be seen keeps every picture from being taken",
  async (session, windows) => {
    session.run("xterm", "-T", "shell", "-bg", "#c01020", "-geometry", "40x10+400+300");
    await session.xdotool("search", "--sync", "--onlyvisible", "--name", "^shell$");
    assert.equal(await refusal(session), "none");

    const vault = await windows.add({ app: "Vault", title: "secret", colour: PRIVATE });
    const shell = await session.xdotool("search", "--name", "^shell$");
    await session.xdotool("windowactivate", "--sync", shell);
    assert.equal(await session.xdotool("getactivewindow"), shell);
    assert.equal(await refusal(session), "private", "visible, not focused");

    const cover = await windows.add({ app: "Cover", widthPx: 800, heightPx: 560, x: 0, y: 0 });
    await session.xdotool("windowraise", String(cover));
    assert.equal(await refusal(session), "private", "covered: who knows what shines through");
    await windows.destroy(cover);

    await session.xdotool("windowminimize", "--sync", String(vault));
    const [minimised] = await shoot(session);
    assert.ok(!minimised.has(PRIVATE) && minimised.has(RED));
    await session.xdotool("windowactivate", "--sync", String(vault));
    assert.equal(await refusal(session), "private");

    await session.xdotool("set_desktop_for_window", String(vault), "1");
    const [elsewhere] = await shoot(session);
    assert.ok(!elsewhere.has(PRIVATE) && elsewhere.has(RED));
    await session.xdotool("set_desktop", "1");
    assert.equal(await refusal(session), "private");
    await session.xdotool("set_desktop", "0");
    // While openbox shows which desktop it is, it might as well show what windows there are.
    await waitFor(async () => await refusal(session) === "none" || undefined);

    await windows.setText(vault, "WM_CLASS", "Other\0Other\0");
    await session.xdotool("set_desktop_for_window", String(vault), "0");
    assert.equal(
      await refusal(session, { isPrivate: ({ title }) => title === "secret" }),
      "private",
    );
    assert.equal(await refusal(session), "none");
  },
);

testX(
  "where a panel may show its title, a private window that is open is enough",
  async (session, windows) => {
    const vault = await windows.add({ app: "Vault", title: "secret", colour: PRIVATE });
    await session.xdotool("windowminimize", "--sync", String(vault));
    assert.equal(await refusal(session), "none");
    await windows.add({ app: "panel", type: "DOCK", x: 0, y: 570, widthPx: 800, heightPx: 30 });
    assert.equal(await refusal(session), "private");
    await windows.destroy(vault);
    assert.equal(await refusal(session), "none");
  },
);

testX(
  "a window that does not say what it is counts as private; what is known of it helps",
  async (session, windows) => {
    await using other = await XWindows.open(session);
    const popup = { overrideRedirect: true, widthPx: 120, heightPx: 80, colour: GREEN };
    const nameless = await windows.add({ colour: GREEN });
    assert.equal(await refusal(session), "unknown");
    await windows.destroy(nameless);
    // A tooltip, a menu: of a program that shows nothing else, then of one that does.
    await other.add(popup);
    assert.equal(await refusal(session), "unknown");
    const editor = await other.add({ app: "Editor", x: 300, y: 300 });
    assert.equal(await refusal(session), "none");
    await session.xdotool("windowminimize", "--sync", String(editor));
    assert.equal(await refusal(session), "none");
    assert.equal(await refusal(session, { isPrivate: ({ app }) => app === "Editor" }), "private");
  },
);

testX(
  "desktops, panels, and what is never drawn need not say whose they are",
  async (session, windows) => {
    const whole = { x: 0, y: 0, widthPx: 800, heightPx: 600 };
    await windows.add({ ...whole, type: "DESKTOP", colour: GREEN });
    await windows.add({ type: "DOCK", x: 0, y: 0, widthPx: 800, heightPx: 20 });
    await windows.add({ ...whole, overrideRedirect: true, isInputOnly: true });
    await windows.add({ overrideRedirect: true, x: 400, y: 400, widthPx: 1, heightPx: 1 });
    await windows.add({ overrideRedirect: true, x: -300, y: 0, widthPx: 200, heightPx: 100 });
    await windows.add({ overrideRedirect: true, isMapped: false });
    assert.equal(await refusal(session), "none");
  },
);

testX(
  "without a window manager the windows on the root are looked at",
  async (session, windows) => {
    await windows.add({ app: "Editor", colour: RED });
    assert.equal(await refusal(session), "none");
    await windows.add({ app: "Vault", colour: PRIVATE, x: 400 });
    assert.equal(await refusal(session), "private");
  },
  { windowManager: false },
);

testX("a window within another program's is looked at, too", async (session, windows) => {
  const host = await windows.add({
    ...{ overrideRedirect: true, app: "Editor", x: 0, y: 0, widthPx: 400, heightPx: 500 },
    colour: RED,
  });
  await using guest = await XWindows.open(session);
  const parts = { parent: host, colour: PRIVATE, x: 100, y: 300, app: "Vault" };
  const tab = await guest.add({ ...parts, isMapped: false });
  const happens = async () => {
    await guest.map(tab);
    await new Promise((resolve) => setTimeout(resolve, 15));
    await guest.unmap(tab);
  };
  for (let afterMs = 0; afterMs < 5; afterMs++) await race(session, { happens, afterMs });
  await guest.add({ ...parts, x: 10, y: 30, widthPx: 22, heightPx: 22 });
  assert.equal(await refusal(session), "none", "an icon");
  await guest.map(tab);
  assert.equal(await refusal(session), "private");
});

/** What happens between the first look and the pixels, at moments that differ, on displays of their own. */
const RACES = 36, RACERS = 3;

Deno.test({
  name: "screenshots: whatever a private window does between look and pixels, it is in no picture" +
    X_SESSION_NEEDS.suffix,
  ignore: X_SESSION_NEEDS.ignore,
  async fn() {
    const taken = await Promise.all(Array.from({ length: RACERS }, async (_, racer) => {
      await using session = await startXSession();
      await using windows = await XWindows.open(session);
      await windows.add({ overrideRedirect: true, app: "Editor", colour: RED, x: 0, y: 0 });
      const vault = await windows.add({
        ...{ overrideRedirect: true, app: "Vault", colour: PRIVATE, isMapped: false },
        ...{ x: 0, y: 200, widthPx: 800, heightPx: 400 },
      });
      const turncoat = await windows.add({
        ...{ overrideRedirect: true, app: "Editor", title: "plain", colour: GREEN, x: 500, y: 10 },
      });
      let taken = 0;
      for (let i = racer; i < RACES; i += RACERS) {
        const happens = i % 2 === 0
          ? () => windows.map(vault).then(() => windows.unmap(vault))
          : () => flash(windows, turncoat);
        taken += Number(await race(session, { happens, afterMs: i }));
      }
      return taken;
    }));
    assert.ok(taken.reduce((sum, each) => sum + each) > RACES / 2, `${taken} were taken`);
  },
});

/** Whether a picture was taken; one in which something private can be seen fails. */
async function race(
  { display }: XSession,
  { happens, afterMs }: { readonly happens: () => Promise<void>; readonly afterMs: number },
): Promise<boolean> {
  let looks = 0;
  let done = Promise.resolve();
  try {
    const pictures = await capture({
      ...{ display, scale: 1, signal: new AbortController().signal, pace: HASTE },
      env: () => undefined,
      judge: async ({ windows }) => {
        if (looks++ === 0) {
          done = new Promise((resolve) => setTimeout(resolve, afterMs)).then(happens);
        }
        const isSeen = windows.some((each) => isVault(each) || each.title === "secret");
        return await Promise.resolve(isSeen ? "private" : undefined);
      },
    });
    const [picture] = pictures.map(({ png }) => decodePng(png));
    assert.ok(!picture.has(PRIVATE), `${afterMs} ms after the look`);
    assert.equal(picture.at(20, 20), RED);
    return true;
  } catch (error) {
    if (error instanceof RefusedError) return false;
    throw error;
  } finally {
    await done;
  }
}

/** A window that shows something private with its title, and then no more. */
async function flash(windows: XWindows, id: number): Promise<void> {
  await windows.setText(id, "_NET_WM_NAME", "secret");
  await windows.sync();
  await windows.setText(id, "_NET_WM_NAME", "plain");
  await windows.sync();
}

testX("a title that comes after what it is about is waited for", async (session, windows) => {
  const editor = await windows.add({ app: "Editor", title: "plain", colour: PRIVATE });
  const { signal } = new AbortController();
  let looks = 0;
  await assert.rejects(
    capture({
      ...{ display: session.display, scale: 1, signal, env: () => undefined },
      judge: (seen) => {
        if (looks++ === 0) setTimeout(() => windows.setText(editor, "_NET_WM_NAME", "secret"), 150);
        const isSecret = seen.windows.some(({ title }) => title === "secret");
        return Promise.resolve(isSecret ? "private" : undefined);
      },
    }),
    (error: Error) => error instanceof RefusedError && error.refusal === "private",
  );
});

testX(
  "a private window that a compositor lets fade away is waited for",
  async (session, windows) => {
    session.run("picom", "--backend", "xrender", "--fading", "--config", "/dev/null");
    const owner = await windows.connection.atom("_NET_WM_CM_S0");
    await waitFor(async () => await windows.ownerOf(owner) || undefined);
    const vault = await windows.add({ overrideRedirect: true, app: "Vault", colour: 0xffffff });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await refusal(session), "private");
    await windows.destroy(vault);
    const [picture] = await shoot(session, { pace: PACE });
    const ground = picture.at(799, 599);
    for (let x = 0; x < 800; x += 3) assert.equal(picture.at(x, 100), ground);
  },
  { programs: ["picom"] },
);

for (const locker of ["i3lock", "xsecurelock"]) {
  testX(`none while ${locker} locks the screen`, async (session) => {
    session.run("xterm", "-T", "shell");
    await session.xdotool("search", "--sync", "--onlyvisible", "--name", "^shell$");
    assert.equal(await refusal(session), "none");
    const lock = session.run(locker, ...(locker === "i3lock" ? ["--nofork"] : []));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(await refusal(session), "locked");
    lock.kill("SIGKILL");
    await lock.status;
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await refusal(session), "none");
  }, { programs: [locker] });
}

testX("none while the server's screen saver is on", async (session) => {
  await session.output("xset", "s", "activate");
  assert.equal(await refusal(session), "locked");
  await session.output("xset", "s", "reset");
  assert.equal(await refusal(session), "none");
}, { programs: ["xset"] });
