import assert from "node:assert/strict";
import { join } from "node:path";
import { browserCheckArgs, modulesIn } from "./browser_check.ts";

const FILES = {
  "deno.json": "{}",
  "web/deno.json": `{ "compilerOptions": { "lib": ["dom", "dom.iterable", "esnext"] } }`,
  "core/good.ts": `export const at = (url: string): string => new URL(url).host + document.title;`,
  "core/uses_deno.ts": `export const args = Deno.args;`,
  "core/uses_node.ts": `export const home = process.env.HOME;`,
  "core/good_test.ts": `Deno.test("x", () => {});`,
};

async function withProject(fn: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const folder of ["web", "core", "work"]) await Deno.mkdir(join(root, folder));
    for (const [name, text] of Object.entries(FILES)) {
      await Deno.writeTextFile(join(root, name), text);
    }
    await fn(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("modulesIn() lists modules without their tests, and none of a folder that is not there", () =>
  withProject(async (root) => {
    assert.deepEqual(await modulesIn(root, "core"), [
      "core/good.ts",
      "core/uses_deno.ts",
      "core/uses_node.ts",
    ]);
    assert.deepEqual(await modulesIn(root, "vision"), []);
  }));

Deno.test("browserCheckArgs() makes a check that refuses Deno and Node, and nothing else", () =>
  withProject(async (root) => {
    const check = async (file: string): Promise<string> => {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: await browserCheckArgs(root, [file], join(root, "work")),
        cwd: root,
        env: { NO_COLOR: "1" },
      }).output();
      const said = new TextDecoder().decode(stderr);
      assert.equal(success, said === "", said);
      return said;
    };
    assert.equal(await check("core/good.ts"), "");
    assert.match(await check("core/uses_deno.ts"), /Cannot find name 'Deno'/);
    assert.match(await check("core/uses_node.ts"), /Cannot find name 'process'/);
  }));
