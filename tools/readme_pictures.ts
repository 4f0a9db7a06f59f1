// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Makes what the README and the docs show from the running program: the dashboard as it tracks real windows on a real X
 * server, with the demo's fortnight before them; every page; a focus session; the daily mail; a session in the terminal.
 * The focus session's camera plays a film of a real person, who is not to be shown: the page's own switch hides the picture.
 * @module
 */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { type DaemonProcess, productCommand, startDaemon } from "../tests/daemon_process.ts";
import {
  cameraFlags,
  CHROMIUM_FLAGS,
  endSession,
  LOOKING,
  makeCameraFilm,
  NOBODY,
  startSession,
  TURNED,
} from "../tests/e2e/focus_stage.ts";
import { settled } from "../tests/e2e/settled.ts";
import { startXSession } from "../tests/x_session.ts";
import { makeDemo, picturePages } from "./page_pictures.ts";
import { pictureMail } from "./readme_mail.ts";
import { smaller } from "./smaller_png.ts";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const TITLE = "vim daemon/core/recorder.ts";

await picturePages();
await pictureMail();
await using session = await startXSession();
const dataDir = await lastFortnight();
const daemon = await startDaemon([], { dataDir, env: { DISPLAY: session.display } });
session.run("xterm", "-T", TITLE);
await pictureDashboard(daemon);
await pictureFocus(daemon);
for (const command of ["status", "summary", "doctor"]) await showCommand(command);
await daemon.stop();
await Deno.remove(dataDir, { recursive: true });

/** A directory of its own with the demo's past in it. Its schedules are not: nothing is to be blocked for a picture. */
async function lastFortnight(): Promise<string> {
  const demo = await makeDemo();
  const dataDir = await Deno.makeTempDir({ prefix: "prodtracker-" });
  const path = join(dataDir, "prodtracker.db");
  await Deno.copyFile(join(demo.dataDir, "prodtracker.db"), path);
  using db = new DatabaseSync(path);
  db.exec("DELETE FROM block_schedule");
  await demo[Symbol.asyncDispose]();
  return dataDir;
}

/** The first page while windows are tracked. */
async function pictureDashboard({ url, token }: DaemonProcess): Promise<void> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [...CHROMIUM_FLAGS],
  });
  for (const colorScheme of ["light", "dark"] as const) {
    const viewport = { width: 1280, height: 960 };
    const context = await browser.newContext({ viewport, colorScheme, locale: "en-GB" });
    await context.addInitScript(`localStorage["prodtracker.token"] = ${JSON.stringify(token)}`);
    const page = await context.newPage();
    await page.goto(url);
    await page.getByText(TITLE).first().waitFor();
    await settled(page);
    await save(`dashboard${colorScheme === "dark" ? "_dark" : ""}`, await page.screenshot());
    await context.close();
  }
  await browser.close();
}

/** A focus session of some minutes, in front of a camera that plays a film. */
async function pictureFocus({ url }: DaemonProcess): Promise<void> {
  const dir = await Deno.makeTempDir();
  const film = await makeCameraFilm(`${dir}/camera.mjpeg`, [
    ...[LOOKING(48), TURNED(9), LOOKING(46), NOBODY(14), LOOKING(48)],
    ...[TURNED(7), LOOKING(40)],
  ]);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [...CHROMIUM_FLAGS, ...cameraFlags(film)],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(`localStorage["prodtracker.focus"] = '{"isPictureShown":false}'`);
  await page.goto(`${url}/focus`);
  await startSession(page, "25 min");
  await page.waitForTimeout(205_000);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await save(colorScheme === "dark" ? "focus_dark" : "focus", await page.screenshot());
  }
  await endSession(page);
  await browser.close();
  await Deno.remove(dir, { recursive: true });
}

async function save(name: string, png: Uint8Array): Promise<void> {
  await Deno.writeFile(`${IMAGES}${name}.png`, await smaller(png));
  console.log(`${name}.png`);
}

async function showCommand(command: string): Promise<void> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...productCommand(), command, "--data-dir", dataDir],
    env: { DISPLAY: session.display, NO_COLOR: "1" },
  }).output();
  console.log(`$ prodtracker ${command}\n${new TextDecoder().decode(stdout)}`);
}
