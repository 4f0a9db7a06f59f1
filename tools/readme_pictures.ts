// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Makes what the README shows from the running program: pictures of the dashboard, of a focus session and of the daily
 * mail, and a session in the terminal. Real windows on a real X server are tracked; the hours before them are imported. The
 * camera plays a film of a real person, who is not to be shown: the page's own switch hides the picture.
 * @module
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { productCommand, startDaemon } from "../tests/daemon_process.ts";
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
import { startXSession } from "../tests/x_session.ts";
import { picturePages } from "./page_pictures.ts";
import { pictureMail } from "./readme_mail.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A working day: minutes, program, title. */
const DAY: readonly [minutes: number, app: string | undefined, title?: string][] = [
  [25, "thunderbird", "Inbox - Mozilla Thunderbird"],
  [70, "Code", "timeline.ts - prodtracker - Visual Studio Code"],
  [6, "firefox", "rollup - How to group by quarter hour - Stack Overflow — Mozilla Firefox"],
  [38, "Code", "rollups.ts - prodtracker - Visual Studio Code"],
  [17, "firefox", "Hacker News — Mozilla Firefox"],
  [30, "zoom", "Zoom Meeting"],
  [45, undefined],
  [55, "Code", "commit_queue.ts - prodtracker - Visual Studio Code"],
  [22, "firefox", "Building a cabin alone in the woods - YouTube — Mozilla Firefox"],
  [64, "Gnome-terminal", "deno task test"],
  [12, "Nautilus", "Documents"],
  [41, "libreoffice-writer", "Report.odt - LibreOffice Writer"],
];

function lines(endMs: number): string {
  let atMs = endMs - DAY.reduce((sum, [minutes]) => sum + minutes * 60_000, 0);
  return DAY.map(([minutes, app, title]) => {
    const start = new Date(atMs).toISOString(),
      end = new Date(atMs += minutes * 60_000).toISOString();
    return JSON.stringify({ start, end, source: app ? "window" : "afk", app, title });
  }).join("\n");
}

await using session = await startXSession();
const daemon = await startDaemon([], { env: { DISPLAY: session.display } });
await daemon.fetch("/import", { method: "POST", body: lines(Date.now() - 30_000) })
  .then((response) => response.json());
session.run("xterm", "-T", "vim daemon/core/recorder.ts");
await new Promise((resolve) => setTimeout(resolve, 12_000));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
for (const colorScheme of ["light", "dark"] as const) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
  await page.goto(daemon.url);
  await page.waitForTimeout(2_500);
  await page.screenshot({
    path: `${ROOT}docs/images/dashboard${colorScheme === "dark" ? "_dark" : ""}.png`,
  });
  await page.close();
}
await browser.close();
await pictureFocus();
await pictureMail();
await picturePages();

/** A focus session of some minutes, in front of a camera that plays a film. */
async function pictureFocus(): Promise<void> {
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
  await page.goto(`${daemon.url}/focus`);
  await startSession(page, "25 min");
  await page.waitForTimeout(205_000);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const name = colorScheme === "dark" ? "focus_dark" : "focus";
    await page.screenshot({ path: `${ROOT}docs/images/${name}.png` });
  }
  await endSession(page);
  await browser.close();
  await Deno.remove(dir, { recursive: true });
}

for (const command of ["status", "summary", "doctor"]) {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...productCommand(), command, "--data-dir", daemon.dataDir],
    env: { DISPLAY: session.display, NO_COLOR: "1" },
  }).output();
  console.log(`$ prodtracker ${command}\n${new TextDecoder().decode(stdout)}`);
}
await daemon.stop();
Deno.removeSync(daemon.dataDir, { recursive: true });
