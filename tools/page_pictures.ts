// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Makes a picture of every page of the dashboard, light and dark, wide and narrow, from the running program on the
 * demo's data: `docs/images/pages/<page>[_narrow][_dark].png`. Runs by itself, or as a part of `readme_pictures.ts`.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { systemEnv } from "../daemon/config/env.ts";
import { loadConfig } from "../daemon/config/load.ts";
import { VIEWS } from "../daemon/core/views.ts";
import { demoConfig, prepareDemo } from "../daemon/demo_part.ts";
import { startDaemon } from "../tests/daemon_process.ts";
import { CHROMIUM_FLAGS } from "../tests/e2e/focus_stage.ts";
import { settled } from "../tests/e2e/settled.ts";
import { smaller } from "./smaller_png.ts";

const IMAGES = fileURLToPath(new URL("../docs/images/pages/", import.meta.url));

/** The pages, and parts of pages, by the names of their pictures. */
const PAGES: Readonly<Record<string, string>> = {
  ...VIEWS,
  trends: "/trends?period=week",
  trends_year: "/trends?period=year",
  settings_nudges: "/settings?section=nudges",
  settings_privacy: "/settings?section=privacy",
};
const SIZES = {
  "": { width: 1280, height: 900 },
  _narrow: { width: 360, height: 780 },
} as const;

/** Makes them all. */
export async function picturePages(): Promise<void> {
  await using demo = await makeDemo();
  const daemon = await startDaemon([], { dataDir: demo.dataDir });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [...CHROMIUM_FLAGS],
  });
  await Deno.mkdir(IMAGES, { recursive: true });
  try {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await open(browser, { viewport, colorScheme }, daemon.token);
        for (const [name, path] of Object.entries(PAGES)) {
          await page.goto(daemon.url + path);
          await page.getByText("Live", { exact: true }).waitFor();
          await settled(page);
          // What was read may have brought up more to read.
          await page.waitForTimeout(500);
          await settled(page);
          const file = `${name}${size}${colorScheme === "dark" ? "_dark" : ""}.png`;
          await Deno.writeFile(join(IMAGES, file), await smaller(await page.screenshot()));
          console.log(file);
        }
        await page.context().close();
      }
    }
  } finally {
    await browser.close();
    await daemon.stop();
  }
}

/** The demo's data in a temporary directory. */
export async function makeDemo(): Promise<{ readonly dataDir: string } & AsyncDisposable> {
  const home = await Deno.makeTempDir({ prefix: "prodtracker-" });
  const env = (name: string) =>
    name === "PRODTRACKER_DATA_DIR" ? join(home, "data") : systemEnv(name);
  const config = demoConfig(loadConfig({ env }));
  await prepareDemo({ config, nowMs: Date.now() });
  return {
    dataDir: config.dataDir,
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
}

interface Look {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
}

async function open(browser: Browser, look: Look, token: string): Promise<Page> {
  const context = await browser.newContext({ ...look, locale: "en-GB" });
  await context.addInitScript(`localStorage["prodtracker.token"] = ${JSON.stringify(token)}`);
  return await context.newPage();
}

if (import.meta.main) await picturePages();
