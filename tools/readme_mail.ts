/**
 * Makes the README's pictures of the daily mail: a working day after three weeks of others, with a phone and goals,
 * as a mail client shows it on light and on dark ground. Runs by itself, or as a part of `readme_pictures.ts`.
 * @module
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { addDays } from "../daemon/core/day.ts";
import { type DaemonProcess, startDaemon } from "../tests/daemon_process.ts";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const DATE = "2026-01-15";
const DAYS_BEFORE = 21;

type Piece = readonly [minutes: number, app?: string, title?: string, source?: "phone"];

/** From 08:30. */
const DAY: readonly Piece[] = [
  [25, "thunderbird", "Inbox - Mozilla Thunderbird"],
  [95, "Code", "timeline.ts - prodtracker - Visual Studio Code"],
  [11, "firefox", "Hacker News — Mozilla Firefox"],
  [49, "Code", "rollups.ts - prodtracker - Visual Studio Code"],
  [40, "zoom", "Zoom Meeting"],
  [50],
  [75, "Code", "commit_queue.ts - prodtracker - Visual Studio Code"],
  [19, "mpv", "Building a cabin alone in the woods - YouTube"],
  [58, "Gnome-terminal", "deno task test"],
  [14, "Nautilus", "Documents"],
  [46, "libreoffice-writer", "Report.odt - LibreOffice Writer"],
];
/** Before it: more of what distracts. */
const OTHER_DAY: readonly Piece[] = [
  [120, "Code", "timeline.ts - prodtracker - Visual Studio Code"],
  [75, "firefox", "Hacker News — Mozilla Firefox"],
  [60],
  [70, "Gnome-terminal", "deno task test"],
  [35, "mpv", "Building a cabin alone in the woods - YouTube"],
];
const EVENING: readonly Piece[] = [
  [24, "com.google.android.youtube", "YouTube", "phone"],
  [17, "com.whatsapp", "WhatsApp", "phone"],
];
const GOALS = [
  { kind: "at_least", class: "signal", minutes: 180 },
  { kind: "at_most", class: "noise", minutes: 60 },
];

/** Lines of an export: one piece after another. */
function lines(date: string, time: string, pieces: readonly Piece[]): string[] {
  let atMs = Date.parse(`${date}T${time}:00Z`);
  return pieces.map(([minutes, app, title, phone]) => {
    const start = new Date(atMs).toISOString(),
      end = new Date(atMs += minutes * 60_000).toISOString();
    const source = phone ?? (app ? "window" : "afk");
    return JSON.stringify({ start, end, source, app, title, ...phone && { device: "Pixel 7" } });
  });
}

async function fill(daemon: DaemonProcess): Promise<void> {
  const before = Array.from({ length: DAYS_BEFORE }, (_, i) => addDays(DATE, i - DAYS_BEFORE));
  const body = [
    ...before.flatMap((date, i) => lines(date, "08:30", i < DAYS_BEFORE - 4 ? OTHER_DAY : DAY)),
    ...lines(DATE, "08:30", DAY),
    ...lines(DATE, "19:10", EVENING),
  ].join("\n");
  for (const [method, path, text] of [["POST", "/import", body], ["PUT", "/goals", ""]]) {
    const response = await daemon.fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      body: text || JSON.stringify(GOALS),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    await response.body?.cancel();
  }
}

/** Writes `summary_mail.png` and `summary_mail_dark.png`. */
export async function pictureMail(): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env: { TZ: "UTC" } });
  try {
    await fill(daemon);
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ viewport: { width: 632, height: 600 }, colorScheme });
      await page.goto(`${daemon.url}/summary/page?date=${DATE}`);
      const name = colorScheme === "dark" ? "summary_mail_dark" : "summary_mail";
      await page.screenshot({ path: `${IMAGES}${name}.png`, fullPage: true });
    }
    await browser.close();
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

if (import.meta.main) await pictureMail();
