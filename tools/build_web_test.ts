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
  for (const page of ["index.html", "docs/index.html"]) {
    const html = first.get(page) ?? "";
    const named = [...html.matchAll(/"\/(assets\/[^"]+)"/g)].map(([, path]) => path);
    assert.equal(named.length, 3, html);
    for (const path of named) assert.ok(first.has(path), path);
    assert.match(html, /assets\/\w+-[0-9a-f]{12}\.js/);
    assert.doesNotMatch(html, /<style|<script>|style="|onload=/);
    const script = named.find((path) => path.endsWith(".js")) ?? "";
    assert.ok(gzipSync(first.get(script) ?? "").length <= 60 * 1024);
  }
  // A second build takes the place of the first and leaves nothing else behind.
  await buildWeb("always", target);
  assert.deepEqual(await filesOf(target), first);
  assert.deepEqual([...Deno.readDirSync(scratch.path)].map(({ name }) => name), ["web"]);
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

async function temporaryFolder() {
  const path = await Deno.makeTempDir();
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
