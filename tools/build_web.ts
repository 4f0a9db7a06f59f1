// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Builds the dashboard and the API page into `dist/web`.
 *
 *     deno run -A tools/build_web.ts [--if-missing | --if-stale]
 *
 * Scripts and styles carry a hash of their content in their names, so that they may be cached for ever;
 * the same sources give the same bytes. What only one view needs, and what runs in a worker, is loaded by
 * that view. The new folder takes the old one's place by renaming, so that
 * nobody reads half of it.
 *
 * The API page is our own (`web/docs`): rapidoc 9.3.8 is 863 KB (218 KB gzipped) and writes `style`
 * attributes, redoc 2.5.4 is 1.1 MB and injects `<style>` elements: our content security policy refuses
 * both. Scalar brings Vue and calls a proxy of its maker's, swagger-ui-dist depends on telemetry.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildWhen, isDue } from "./stale.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TARGET = join(ROOT, "dist", "web");

/** What a build is made from; anything newer than the target makes it stale. */
const SOURCES = ["web", "daemon/core", "vision", "deno.json", "tools/build_web.ts"];

/** A script and style sheets, which HTML names as `/assets/<name>.js` and `.css`. */
interface AssetSpec {
  readonly name: string;
  /** What it loads later by `import(…)` becomes a file of its own. */
  readonly entry?: string;
  readonly styles?: readonly string[];
}

/** One HTML file with the assets it names. */
interface PageSpec extends AssetSpec {
  readonly html: string;
  readonly output: string;
  /** What the page loads by itself, by the names that its HTML has for it. */
  readonly later?: readonly AssetSpec[];
}

const PAGES: readonly PageSpec[] = [
  {
    name: "app",
    html: "web/index.html",
    entry: "web/main.tsx",
    styles: ["base", "app", "forms", "charts", "today"].map((name) => `web/styles/${name}.css`),
    output: "index.html",
    later: [
      ...["trends", "focus", "phones", "block", "rules", "edits"].map((name) => viewStyle(name)),
      viewStyle("settings", "web/styles/settings_privacy.css"),
      { name: "vision_worker", entry: "web/vision_worker.ts" },
    ],
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

/** The style of a view that is loaded when it is first shown. */
function viewStyle(name: string, ...more: string[]): AssetSpec {
  return { name, styles: [`web/styles/${name}.css`, ...more] };
}

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
  await Deno.mkdir(join(folder, "assets"), { recursive: true });
  await Deno.mkdir(dirname(join(folder, page.output)), { recursive: true });
  let html = await Deno.readTextFile(join(ROOT, page.html));
  const sizes: string[] = [];
  for (const asset of [page, ...page.later ?? []]) {
    const built = await buildAsset(asset, folder, work);
    html = built.names.reduce((text, [plain, hashed]) => text.replaceAll(plain, hashed), html);
    sizes.push(`${asset.name} ${built.sizes.join(", ")}`);
    if (asset === page) html = preload(html, built.chunks);
  }
  await Deno.writeTextFile(join(folder, page.output), html);
  return sizes.join("; ");
}

interface BuiltAsset {
  /** What the HTML says, and what it is to say. */
  readonly names: readonly (readonly [plain: string, hashed: string])[];
  readonly sizes: readonly string[];
  /** Files that the script imports at once. */
  readonly chunks: readonly string[];
}

async function buildAsset(
  { name, entry, styles = [] }: AssetSpec,
  folder: string,
  work: string,
): Promise<BuiltAsset> {
  const names: [string, string][] = [];
  const sizes: string[] = [];
  let chunks: string[] = [];
  const write = async (extension: "js" | "css", content: string) => {
    const hashed = await hashedName(name, content, extension);
    await Deno.writeTextFile(join(folder, "assets", hashed), content);
    names.push([`/assets/${name}.${extension}`, `/assets/${hashed}`]);
  };
  if (entry !== undefined) {
    const files = await bundle(entry, join(work, name));
    const script = files.get(entryName(entry)) ?? "";
    files.delete(entryName(entry));
    // The bundler's own names for the rest carry a hash already.
    for (const [file, content] of files) {
      await Deno.writeTextFile(join(folder, "assets", file), content);
    }
    chunks = importedAtOnce(script, files);
    await write("js", script);
    const first = [script, ...chunks.map((file) => files.get(file) ?? "")].join("");
    const later = [...files].filter(([file]) => !chunks.includes(file));
    sizes.push(`${kib(first)} script`);
    if (later.length > 0) {
      sizes.push(`${kib(later.map(([, content]) => content).join(""))} script later`);
    }
  }
  if (styles.length > 0) {
    const sheets = await Promise.all(styles.map((path) => Deno.readTextFile(join(ROOT, path))));
    const style = sheets.join("\n");
    await write("css", style);
    sizes.push(`${kib(style)} style`);
  }
  return { names, sizes, chunks };
}

/** The files of a bundle by their names: the entry, and what it and its parts import. */
async function bundle(entry: string, outDir: string): Promise<Map<string, string>> {
  const flags = ["--quiet", "--platform", "browser", "--minify", "--code-splitting"];
  const args = ["bundle", ...flags, "--outdir", outDir, entry];
  const result = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
  if (!result.success) {
    throw new Error(`Cannot bundle "${entry}": ${new TextDecoder().decode(result.stderr).trim()}`);
  }
  const files = new Map<string, string>();
  for await (const { name } of Deno.readDir(outDir)) {
    files.set(name, await Deno.readTextFile(join(outDir, name)));
  }
  return files;
}

function entryName(entry: string): string {
  return basename(entry).replace(/\.tsx?$/, ".js");
}

/** The names of `files` that a script cannot do without: what it imports, and what that imports. */
function importedAtOnce(script: string, files: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  const follow = (text: string) => {
    for (const [, file] of text.matchAll(/\b(?:from|import)"\.\/([^"]+)"/g)) {
      if (found.has(file)) continue;
      found.add(file);
      follow(files.get(file) ?? "");
    }
  };
  follow(script);
  return [...found].toSorted();
}

/** Lets the browser ask for `chunks` before it has read the script that imports them. */
function preload(html: string, chunks: readonly string[]): string {
  const links = chunks.map((file) => `<link rel="modulepreload" href="/assets/${file}">\n    `);
  return html.replace("<script ", `${links.join("")}<script `);
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
