import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { VERSION } from "../daemon/core/version.ts";
import { judgeImport, judgeText, LAZY, LONG_FILES, MAX_LINES, oddNames } from "./architecture.ts";
import { type Import, listFiles, loadedAtStart, readImports } from "./source_graph.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const files = await listFiles(ROOT);
const sources = files.filter((file) => /\.tsx?$/.test(file));

function read(file: string): Promise<string> {
  return Deno.readTextFile(join(ROOT, file));
}

Deno.test("imports only go down", async () => {
  const imports = await readImports(ROOT, sources);
  assert.ok(imports.length > sources.length, "every import was read");
  assert.deepEqual(imports.map(judgeImport).filter((broken) => broken !== undefined), []);
});

Deno.test("the program starts without what only some commands need", async () => {
  const loaded = loadedAtStart(await readImports(ROOT, sources), "main.ts");
  assert.ok(loaded.has("cli/mod.ts"));
  assert.deepEqual(LAZY.filter((name) => loaded.has(name)), []);
});

Deno.test("the environment, the terminal and child processes have one place each", async () => {
  const found = sources.map(async (file) => judgeText(file, await read(file)));
  assert.deepEqual((await Promise.all(found)).flat(), []);
});

Deno.test(`no file is longer than ${MAX_LINES} lines, but for those listed with a reason`, async () => {
  const long: string[] = [];
  for (const file of sources) {
    const lines = (await read(file)).split("\n").length - 1;
    if (lines > MAX_LINES) long.push(file);
  }
  assert.deepEqual(long, Object.keys(LONG_FILES).toSorted());
});

Deno.test("files and folders are named in snake_case", () => {
  assert.deepEqual(files.filter((file) => oddNames(file).length > 0), []);
});

Deno.test("every local link of the README and the docs leads somewhere", async () => {
  const pages = files.filter((file) => file === "README.md" || /^docs\/.*\.md$/.test(file));
  assert.ok(pages.includes("README.md"));
  const broken: string[] = [];
  for (const page of pages) {
    for (const [, target] of (await read(page)).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const there = await Deno.stat(join(ROOT, dirname(page), target)).catch(() => undefined);
      if (!there) broken.push(`${page}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

Deno.test("deno.json and the program carry the same version", async () => {
  assert.equal(JSON.parse(await read("deno.json")).version, VERSION);
});

Deno.test("readImports() tells loading from types and static from dynamic", async () => {
  const root = await Deno.makeTempDir();
  try {
    const files = {
      "deno.json": `{ "imports": { "zod": "npm:zod@^4.0.0" } }`,
      "daemon/core/a.ts": [
        `import { b } from "../store/b.ts";`,
        `import type { B } from "../store/c.ts";`,
        `// import "../store/commented_out.ts";`,
        `export const lazy = () => import("../store/d.ts");`,
        `export type D = import("../store/e.ts").E;`,
        `export const text = 'import "../store/in_a_string.ts"' + b;`,
        `export type { B };`,
      ].join("\n"),
      "daemon/store/b.ts": `export const b = 1;`,
      "daemon/store/c.ts": `export type B = 1;`,
      "daemon/store/d.ts": `export const d = 1;`,
      "daemon/store/e.ts": `export type E = 1;`,
    };
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, name)), { recursive: true });
      await Deno.writeTextFile(join(root, name), text);
    }
    const real = await Deno.realPath(root);
    const from = "daemon/core/a.ts";
    const imports = await readImports(real, [from]);
    assert.deepEqual(imports, [
      { from, to: "daemon/store/b.ts", typeOnly: false, dynamic: false },
      { from, to: "daemon/store/c.ts", typeOnly: true, dynamic: false },
      { from, to: "daemon/store/d.ts", typeOnly: false, dynamic: true },
      { from, to: "daemon/store/e.ts", typeOnly: true, dynamic: false },
    ]);
    assert.equal(imports.filter((found) => judgeImport(found) !== undefined).length, 4);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("judgeImport() names the import and the reason", () => {
  const judge = (from: string, to: string, typeOnly = false) =>
    judgeImport({ from, to, typeOnly, dynamic: false });
  const allowed: [string, string, boolean?][] = [
    ["main.ts", "cli/mod.ts"],
    ["cli/commands/status.ts", "cli/output.ts"],
    ["cli/commands/status.ts", "cli/client.ts"],
    ["cli/commands/status.ts", "daemon/core/types.ts"],
    ["cli/commands/status.ts", "daemon/api/wire.ts", true],
    ["cli/commands/serve.ts", "daemon/mod.ts"],
    ["cli/client.ts", "cli/output.ts"],
    ["daemon/mod.ts", "daemon/store/mod.ts"],
    ["daemon/sessions.ts", "daemon/store/mod.ts"],
    ["daemon/store/mod.ts", "daemon/os/files.ts"],
    ["daemon/store/mod.ts", "daemon/config/load.ts", true],
    ["daemon/store/store_test.ts", "daemon/api/mod.ts"],
    ["daemon/store/mod.ts", "node:sqlite"],
    ["daemon/core/rules.ts", "npm:re2js"],
    ["daemon/core/focus.ts", "vision/types.ts", true],
    ["daemon/focus/session.ts", "vision/mod.ts"],
    ["web/main.tsx", "daemon/core/types.ts"],
  ];
  for (const [from, to, typeOnly] of allowed) assert.equal(judge(from, to, typeOnly), undefined);
  const forbidden: [string, string, RegExp][] = [
    ["main.ts", "daemon/mod.ts", /main\.ts may import cli$/],
    ["cli/mod.ts", "daemon/store/mod.ts", /cli may import daemon\/core/],
    ["cli/commands/status.ts", "daemon/mod.ts", /only types of daemon\/mod\.ts/],
    ["cli/commands/status.ts", "daemon/api/mod.ts", /only types of daemon\/api/],
    ["cli/commands/serve.ts", "daemon/sessions.ts", /cli\/commands\/serve\.ts may import/],
    ["daemon/core/day.ts", "daemon/os/clock.ts", /daemon\/core may import vision \(types\)$/],
    ["daemon/core/focus.ts", "vision/verdict.ts", /only types of vision/],
    ["daemon/core/day.ts", "node:path", /browser-safe/],
    ["daemon/core/day.ts", "npm:zod", /of npm only: re2js/],
    ["daemon/os/log.ts", "daemon/config/load.ts", /daemon\/os may import daemon\/core$/],
    ["daemon/store/mod.ts", "daemon/config/load.ts", /only types of daemon\/config/],
    ["daemon/store/mod.ts", "daemon/api/wire.ts", /daemon\/store may import/],
    ["daemon/watchers/mod.ts", "daemon/store/mod.ts", /daemon\/watchers may import/],
    ["daemon/api/mod.ts", "daemon/mod.ts", /daemon\/api may import/],
    ["daemon/api/mod.ts", "vision/mod.ts", /daemon\/api may import/],
    ["daemon/api/mod.ts", "tests/fakes.ts", /does not import tests/],
    ["daemon/api/mod.ts", "jsr:@std/assert", /everything comes from npm/],
    ["vision/mod.ts", "daemon/core/types.ts", /vision may import nothing/],
    ["web/main.tsx", "daemon/store/mod.ts", /web may import/],
    ["other/thing.ts", "daemon/core/day.ts", /in no part/],
  ];
  for (const [from, to, reason] of forbidden) {
    const said = judge(from, to) ?? "nothing wrong";
    assert.ok(said.startsWith(`${from} imports ${to}: `), `${from} -> ${to}`);
    assert.match(said, reason);
  }
});

Deno.test("judgeText() finds what is banned, with its line, and not in comments or strings", () => {
  const text = '/* Deno.env */\n// console.log\nconst a = "Deno.env";\nDeno.env.get(a);\n';
  const [found, ...others] = judgeText("daemon/store/mod.ts", text);
  assert.match(found, /^daemon\/store\/mod\.ts:4: Deno\.env: /);
  assert.deepEqual(others, []);
  assert.deepEqual(judgeText("daemon/config/load.ts", text), []);
  assert.deepEqual(judgeText("daemon/store/mod_test.ts", text), []);
  assert.equal(judgeText("web/main.tsx", "console.log(1)").length, 1);
  assert.equal(judgeText("cli/output.ts", "console.log(1)").length, 0);
  assert.equal(judgeText("daemon/watchers/x.ts", "new Deno.Command('ls')").length, 1);
  assert.equal(judgeText("vision/face.ts", "Date.now()").length, 1);
});

Deno.test("loadedAtStart() follows static imports of code only", () => {
  const edge = (from: string, to: string, kind = ""): Import => ({
    from,
    to,
    typeOnly: kind === "type",
    dynamic: kind === "dynamic",
  });
  const imports = [
    edge("a", "b"),
    edge("b", "c"),
    edge("c", "a"),
    edge("b", "d", "type"),
    edge("b", "e", "dynamic"),
    edge("e", "f"),
  ];
  assert.deepEqual([...loadedAtStart(imports, "a")], ["a", "b", "c"]);
});

Deno.test("oddNames() finds what is not snake_case", () => {
  assert.deepEqual(oddNames("daemon/store/reader_worker.ts"), []);
  assert.deepEqual(oddNames("docs/README.md"), []);
  assert.deepEqual(oddNames("web/myView.tsx"), ["myView.tsx"]);
  assert.deepEqual(oddNames("some-folder/a.ts"), ["some-folder"]);
});
