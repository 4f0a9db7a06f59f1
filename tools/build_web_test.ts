import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildWeb } from "./build_web.ts";

async function filesOf(folder: string, prefix = ""): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, prefix))) {
    const path = prefix + name;
    const inner = isDirectory ? await filesOf(folder, `${path}/`) : undefined;
    if (inner) inner.forEach((text, key) => files.set(key, text));
    else files.set(path, await Deno.readTextFile(join(folder, path)));
  }
  return files;
}

Deno.test("buildWeb() makes pages that name their hashed files, small, and the same bytes each time", async () => {
  await using scratch = await temporaryFolder();
  const target = join(scratch.path, "web");
  assert.match(await buildWeb("always", target) ?? "", /^web: app [\d.]+ KB script/);
  const first = await filesOf(target);
  for (const page of ["index.html", "docs/index.html", "phone/index.html"]) {
    const html = first.get(page) ?? "";
    for (const [, path] of html.matchAll(/"\/(assets\/[^"]+)"/g)) assert.ok(first.has(path), path);
    assert.match(html, /src="\/assets\/\w+-[0-9a-f]{12}\.js"/);
    assert.match(html, /href="\/assets\/\w+-[0-9a-f]{12}\.css"/);
    assert.doesNotMatch(html, /<style|<script>|style="|onload=/);
    assert.ok(gzippedBytes(first, loadedAtOnce(html)) <= 60 * 1024, page);
  }
  // A second build takes the place of the first and leaves nothing else behind.
  await buildWeb("always", target);
  assert.deepEqual(await filesOf(target), first);
  assert.deepEqual([...Deno.readDirSync(scratch.path)].map(({ name }) => name), ["web"]);
});

Deno.test("buildWeb() leaves what other views need out of the first page", async () => {
  await using scratch = await temporaryFolder();
  await buildWeb("always", join(scratch.path, "web"));
  const files = await filesOf(join(scratch.path, "web"));
  const html = files.get("index.html") ?? "";
  const scripts = loadedAtOnce(html).filter((path) => path.endsWith(".js"));
  assert.ok(gzippedBytes(files, scripts) <= 40 * 1024, `${gzippedBytes(files, scripts)}`);
  const at = (name: string) => new RegExp(`name="${name}" content="/([^"]+)"`).exec(html)?.[1];
  const worker = at("vision-worker") ?? "", style = at("style-focus") ?? "";
  assert.match(worker, /^assets\/vision_worker-[0-9a-f]{12}\.js$/);
  assert.match(style, /^assets\/focus-[0-9a-f]{12}\.css$/);
  // What is only in the models' runtime, in the worker, in the view; each in its own file and no other.
  const holders = (text: string) =>
    [...files].filter(([, content]) => content.includes(text)).map(([path]) => path);
  assert.deepEqual(holders("landmarks.onnx"), [worker]);
  const [view, ...others] = holders("Start a focus session");
  assert.deepEqual(others, []);
  assert.ok(!scripts.includes(view), view);
  // The charts' library is fetched when the first chart is to be drawn.
  assert.ok(holders("u-cursor-x").length > 0);
  assert.deepEqual(holders("u-cursor-x").filter((path) => scripts.includes(path)), []);
});

Deno.test("buildWeb() builds only what is missing or stale when it is asked so", async () => {
  await using scratch = await temporaryFolder();
  const target = join(scratch.path, "web");
  const page = join(target, "index.html");
  assert.notEqual(await buildWeb("missing", target), undefined);
  assert.equal(await buildWeb("missing", target), undefined);
  assert.equal(await buildWeb("stale", target), undefined);
  await Deno.utime(page, 1, 1);
  assert.equal(await buildWeb("missing", target), undefined);
  assert.notEqual(await buildWeb("stale", target), undefined);
});

/** The scripts and styles that a page asks for before it has run anything. */
function loadedAtOnce(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) =>
    path
  );
}

function gzippedBytes(files: ReadonlyMap<string, string>, paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + gzipSync(files.get(path) ?? "").length, 0);
}

async function temporaryFolder() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
