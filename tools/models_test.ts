import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { MODEL_FILES, modelsDir } from "../daemon/focus/model_files.ts";
import { RUNTIME, RUNTIME_SCRIPT } from "../vision/models.ts";

const ROOT = new URL("../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

async function run(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", fileURLToPath(new URL("tools/models.ts", ROOT)), ...args],
    // Nobody listens there: what is complete needs no network.
    env: { npm_config_registry: "http://127.0.0.1:9/", NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("deno task models says of each file its size, digest, licence and source", async () => {
  const { code, stdout, stderr } = await run();
  assert.deepEqual([code, stderr], [0, ""]);
  const [, ...rows] = stdout.trimEnd().split("\n");
  assert.equal(rows.length, MODEL_FILES.length);
  for (const [index, { file, bytes, sha256, licence, source }] of MODEL_FILES.entries()) {
    const cells = [file, String(bytes), sha256, licence, `${source.package}@${source.version}`];
    for (const cell of cells) assert.ok(rows[index].includes(cell), `${cell}: ${rows[index]}`);
  }
  assert.deepEqual(JSON.parse((await run("--json")).stdout), MODEL_FILES);
});

Deno.test("deno task models puts every licence beside the models", async () => {
  const { code, stdout } = await run("--quiet");
  assert.deepEqual([code, stdout], [0, ""]);
  const all = await Deno.readTextFile(new URL("licences.txt", modelsDir()));
  for await (const { name } of Deno.readDir(new URL("docs/licences", ROOT))) {
    assert.ok(all.includes((await read(`docs/licences/${name}`)).trim()), name);
  }
});

Deno.test("deno task models refuses an option it does not know", async () => {
  const { code, stdout, stderr } = await run("--jsno");
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /--jsno/);
});

Deno.test("docs/models.md says the same as the records", async () => {
  const text = await read("docs/models.md");
  for (const { file, bytes, sha256, licence, source } of MODEL_FILES) {
    const rows = text.split("\n").filter((line) => line.startsWith(`| \`${file}\``)).join("\n");
    const cells = [String(bytes), sha256, licence, `${source.package}@${source.version}`];
    for (const cell of cells) assert.ok(rows.includes(cell), `${file}: ${cell}`);
  }
});

Deno.test("the runtime is no dependency: a first start would wait for it before it listens", async () => {
  const { npm } = JSON.parse(await read("deno.lock"));
  const heavy = Object.keys(npm).filter((id) => /^(onnxruntime|@tensorflow)/.test(id));
  assert.deepEqual(heavy, []);
  assert.deepEqual(RUNTIME.source.integrity, RUNTIME_SCRIPT.source.integrity);
});
