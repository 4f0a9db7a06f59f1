/**
 * Trials in a real Chromium, in a worker of an empty page: the pipeline as the dashboard bundles it.
 * @module
 */
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { modelsDir } from "../../daemon/focus/model_files.ts";
import type { Shown } from "./browser_worker.ts";
import type { RgbFrame } from "./frames.ts";
import type { Plan, Trial } from "./trial.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What Chromium makes of each plan over `frames`, which are all of one size. */
export async function trialsInChromium(
  frames: readonly RgbFrame[],
  plans: readonly Plan[],
): Promise<Trial[]> {
  const work = await Deno.makeTempDir({ prefix: "prodtracker-vision-" });
  let browser;
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === "/") return new Response("<!doctype html>", { headers: HTML });
    if (pathname === "/frames") return new Response(new Blob(frames.map(({ data }) => data)));
    if (pathname === "/worker.js") {
      return new Response(await Deno.readTextFile(join(work, "browser_worker.js")), {
        headers: SCRIPT,
      });
    }
    const file = await Deno.readFile(new URL(`.${pathname}`, modelsDir())).catch(() => undefined);
    if (!file) return new Response(null, { status: 404 });
    const headers: HeadersInit = pathname.endsWith(".mjs") ? SCRIPT : {};
    return new Response(file, { headers });
  });
  try {
    await bundle("tests/vision/browser_worker.ts", work);
    browser = await chromium.launch({ executablePath: pathOf("chromium"), args: FLAGS });
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    const [{ widthPx, heightPx }] = frames;
    const shown: Shown = { widthPx, heightPx, count: frames.length, plans };
    // As text: this runs in the page, whose types are not those of here.
    const answer = await page.evaluate<{ trials: Trial[] } | { failed: string }>(
      `new Promise((resolve) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve({ failed: message });
        worker.postMessage(${JSON.stringify(shown)});
      })`,
    );
    if ("failed" in answer) throw new Error(`Chromium cannot run the pipeline: ${answer.failed}`);
    return answer.trials;
  } finally {
    await browser?.close();
    await server.shutdown();
    await Deno.remove(work, { recursive: true });
  }
}

function pathOf(program: string): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

const SCRIPT = { "content-type": "text/javascript" };
const HTML = { "content-type": "text/html" };

async function bundle(entry: string, outDir: string): Promise<void> {
  const args = [
    "bundle",
    "--quiet",
    "--platform",
    "browser",
    "--minify",
    "--outdir",
    outDir,
    entry,
  ];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
  if (!success) throw new Error(`Cannot bundle "${entry}": ${new TextDecoder().decode(stderr)}`);
}
