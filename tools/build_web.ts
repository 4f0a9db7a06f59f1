// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Builds the dashboard and the API page into `dist/web`.
 *
 *     deno run -A tools/build_web.ts [--if-missing | --if-stale]
 *
 * Scripts and styles carry a hash of their content in their names, so that they may be cached for ever;
 * the same sources give the same bytes. The new folder takes the old one's place by renaming, so that
 * nobody reads half of it.
 *
 * The API page is our own (`web/docs`): rapidoc 9.3.8 is 863 KB (218 KB gzipped) and writes `style`
 * attributes, redoc 2.5.4 is 1.1 MB and injects `<style>` elements: our content security policy refuses
 * both. Scalar brings Vue and calls a proxy of its maker's, swagger-ui-dist depends on telemetry.
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildWhen, isDue } from "./stale.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TARGET = join(ROOT, "dist", "web");

/** What a build is made from; anything newer than the target makes it stale. */
const SOURCES = ["web", "daemon/core", "tools/build_web.ts"];

/** One HTML file with the script and the style sheets it names as `/assets/<name>.js` and `.css`. */
interface PageSpec {
  readonly name: string;
  readonly html: string;
  readonly entry: string;
  readonly styles: readonly string[];
  readonly output: string;
}

const PAGES: readonly PageSpec[] = [
  {
    name: "app",
    html: "web/index.html",
    entry: "web/main.tsx",
    styles: ["web/styles/base.css", "web/styles/app.css"],
    output: "index.html",
  },
  {
    name: "docs",
    html: "web/docs/index.html",
    entry: "web/docs/main.tsx",
    styles: ["web/styles/base.css", "web/styles/docs.css"],
    output: "docs/index.html",
  },
  {
    name: "phone",
    html: "web/phone/index.html",
    entry: "web/phone/main.tsx",
    styles: ["web/styles/base.css", "web/styles/phone.css"],
    output: "phone/index.html",
  },
];

/**
 * Builds into `target` and returns one line of sizes; `undefined` when `when` says there is nothing to do.
 * @throws {Error} with the bundler's words when a source does not build; the old target then stays.
 */
export async function buildWeb(
  when: BuildWhen = "always",
  target = TARGET,
): Promise<string | undefined> {
  if (!await isDue(when, join(target, "index.html"), SOURCES)) return undefined;
  await Deno.mkdir(dirname(target), { recursive: true });
  const work = await Deno.makeTempDir({ dir: dirname(target), prefix: ".web-" });
  try {
    const fresh = join(work, "new");
    const sizes: string[] = [];
    for (const page of PAGES) sizes.push(await buildPage(page, fresh, work));
    await Deno.copyFile(join(ROOT, "web/icon.svg"), join(fresh, "assets", "icon.svg"));
    const script = "phone/heartbeat.sh";
    await Deno.copyFile(join(ROOT, "web", script), join(fresh, script));
    await replaceFolder(fresh, target, join(work, "old"));
    return `web: ${sizes.join("; ")}`;
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

async function buildPage(page: PageSpec, folder: string, work: string): Promise<string> {
  const script = await bundle(page.entry, join(work, `${page.name}.js`));
  const sheets = await Promise.all(page.styles.map((path) => Deno.readTextFile(join(ROOT, path))));
  const style = sheets.join("\n");
  const html = await Deno.readTextFile(join(ROOT, page.html));
  const scriptName = await hashedName(page.name, script, "js");
  const styleName = await hashedName(page.name, style, "css");
  const linked = html
    .replaceAll(`/assets/${page.name}.js`, `/assets/${scriptName}`)
    .replaceAll(`/assets/${page.name}.css`, `/assets/${styleName}`);
  await Deno.mkdir(join(folder, "assets"), { recursive: true });
  await Deno.mkdir(dirname(join(folder, page.output)), { recursive: true });
  await Deno.writeTextFile(join(folder, "assets", scriptName), script);
  await Deno.writeTextFile(join(folder, "assets", styleName), style);
  await Deno.writeTextFile(join(folder, page.output), linked);
  return `${page.name} ${kib(script)} script, ${kib(style)} style`;
}

async function bundle(entry: string, output: string): Promise<string> {
  const args = ["bundle", "--quiet", "--platform", "browser", "--minify", "-o", output, entry];
  const result = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
  if (!result.success) {
    throw new Error(`Cannot bundle "${entry}": ${new TextDecoder().decode(result.stderr).trim()}`);
  }
  return await Deno.readTextFile(output);
}

async function hashedName(name: string, content: string, extension: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content));
  return `${name}-${new Uint8Array(digest).slice(0, 6).toHex()}.${extension}`;
}

function kib(content: string): string {
  return `${(gzipSync(content).length / 1024).toFixed(1)} KB`;
}

/** Moves `fresh` to `target`; another build that gets in between is replaced in turn. */
async function replaceFolder(fresh: string, target: string, old: string): Promise<void> {
  for (let attempt = 0;; attempt++) {
    await Deno.rename(target, `${old}-${attempt}`).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    try {
      return await Deno.rename(fresh, target);
    } catch (error) {
      if (attempt >= 10) throw error;
    }
  }
}

if (import.meta.main) {
  const whens: Record<string, BuildWhen | undefined> = {
    "": "always",
    "--if-missing": "missing",
    "--if-stale": "stale",
  };
  const when = whens[Deno.args.join(" ")];
  if (when === undefined) {
    console.error("usage: deno run -A tools/build_web.ts [--if-missing | --if-stale]");
    Deno.exit(2);
  }
  const line = await buildWeb(when);
  if (line !== undefined) console.log(line);
}
