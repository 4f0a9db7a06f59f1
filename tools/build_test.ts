import assert from "node:assert/strict";
import { join } from "node:path";
import { buildProgram } from "./build.ts";

Deno.test("buildProgram() replaces the program, and keeps for a week what an earlier one may still load", async () => {
  const folder = await Deno.makeTempDir({ prefix: "prodtracker-build-" });
  const target = join(folder, "dist", "start");
  try {
    assert.equal(await buildProgram("stale", target), true);
    assert.equal(await buildProgram("stale", target), false);
    const recent = join(target, "chunk-RECENT.js");
    const old = join(target, "chunk-OLD.js");
    for (const path of [recent, old]) await Deno.writeTextFile(path, "");
    const before = new Date(Date.now() - 8 * 86_400_000);
    await Deno.utime(old, before, before);
    await Deno.utime(join(target, "main.js"), before, before);
    assert.equal(await buildProgram("stale", target), true);
    const names = [...Deno.readDirSync(target)].map(({ name }) => name);
    assert.ok(names.includes("main.js") && names.includes("reader_worker.js"), names.join());
    assert.ok(names.includes("chunk-RECENT.js") && !names.includes("chunk-OLD.js"), names.join());
    assert.deepEqual([...Deno.readDirSync(join(folder, "dist"))].map(({ name }) => name), [
      "start",
    ]);

    const args = ["run", "--quiet", "--no-config", "-R", join(target, "main.js"), "--version"];
    const { success, stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
    assert.ok(success && /^\d+\.\d+/.test(new TextDecoder().decode(stdout)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
