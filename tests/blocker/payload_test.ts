/** What `block setup` installs: from a checkout the writer's sources, from the executable its bundle. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { payloadFiles } from "../../daemon/blocker/payload.ts";
import { setupPlan } from "../../daemon/blocker/setup.ts";
import { WRITER_FLAGS } from "../../daemon/blocker/ways.ts";
import { FatalError } from "../../daemon/core/errors.ts";
import { bundleProgram } from "../../tools/bundle.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LINUX = { ignore: Deno.build.os !== "linux" };

async function ask(entry: string, request: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...WRITER_FLAGS, "--cached-only", entry],
    clearEnv: true,
    env: { PATH: "/nowhere", HOME: "/nowhere", DENO_DIR: join(entry, "../deno_dir") },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(request));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout);
}

Deno.test("payloadFiles() finds the writer's sources and nothing that is not the writer's", () => {
  const { root, files } = payloadFiles(join(ROOT, "hosts_apply.ts"));
  assert.equal(root, ROOT);
  const names = files.map((file) => file.slice(root.length));
  for (const name of ["hosts_apply.ts", "daemon/blocker/apply.ts", "daemon/core/errors.ts"]) {
    assert.ok(names.includes(name), name);
  }
  const others = names.filter((name) =>
    !/^(hosts_apply\.ts|daemon\/(blocker|core|os)\/)/.test(name)
  );
  assert.deepEqual(others, []);
  assert.ok(names.length < 30, `${names.length} files run as root`);
});

Deno.test({
  name: "the writer's sources, and its bundle, run alone: no package, no cache, no environment",
  ...LINUX,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "prodtracker-payload-" });
    try {
      const { root, files } = payloadFiles(join(ROOT, "hosts_apply.ts"));
      for (const file of files) {
        const to = join(folder, "app", file.slice(root.length));
        await Deno.mkdir(join(to, ".."), { recursive: true });
        await Deno.copyFile(file, to);
      }
      const answer = `{"ok":true}\n`;
      assert.equal(await ask(join(folder, "app/hosts_apply.ts"), `{"verb":"flush"}\n`), answer);
      const program = {
        root: ROOT,
        entry: "hosts_apply.ts",
        workers: [],
        alone: ["hosts_apply.ts"],
      };
      await bundleProgram(program, join(folder, "bundle"));
      const bundled = join(folder, "bundle/hosts_apply.js");
      assert.deepEqual(payloadFiles(bundled).files, [bundled]);
      const alone = join(folder, "alone.js");
      await Deno.rename(bundled, alone);
      assert.equal(await ask(alone, `{"verb":"flush"}\n`), answer);
      assert.match(await ask(alone, `{"verb":"run"}\n`), /^\{"error":/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "setupPlan() puts everything where only root writes, and refuses a name that is none",
  ...LINUX,
  fn() {
    const plan = setupPlan("alice");
    for (const { path, mode, link } of plan) {
      assert.match(path, /^\/(usr|etc)\//);
      if (link === undefined) assert.equal(mode & 0o022, 0, path);
    }
    for (const name of ["root ALL=(ALL) ALL", "a\nb", "", "../x", "%wheel", "ALL, bob"]) {
      assert.throws(() => setupPlan(name), FatalError);
    }
  },
});
