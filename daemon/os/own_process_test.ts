/** Runs real processes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runOwn } from "./own_process.ts";

async function inFolder(fn: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await fn(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** A module with `text` in it. */
async function moduleOf(dir: string, text: string): Promise<URL> {
  const path = join(dir, "module.js");
  await Deno.writeTextFile(path, text);
  return pathToFileURL(path);
}

/** Reads its first line, which is small enough to come at once. */
const FIRST_LINE = `
  const buffer = new Uint8Array(1000);
  const line = new TextDecoder().decode(buffer.subarray(0, await Deno.stdin.read(buffer)));
`;

Deno.test("runOwn() hands over a line, gives back lines, and tells how it ended", () =>
  inFolder(async (dir) => {
    const module = await moduleOf(
      dir,
      `${FIRST_LINE}
      console.log(line.trim());
      console.log("ü".repeat(5000));
      console.error("oh");
      Deno.exit(3);`,
    );
    const lines: string[] = [];
    const ended = await runOwn(module, {
      flags: [],
      input: "hello",
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual(ended, { code: 3, said: "oh" });
    assert.deepEqual(lines, ["hello", "ü".repeat(5000)]);
  }));

Deno.test("runOwn() lets the module do what the flags say, and no more", () =>
  inFolder(async (dir) => {
    const module = await moduleOf(
      dir,
      `try { Deno.readTextFileSync(new URL(import.meta.url)); console.log("read"); }
      catch (error) { console.log(error.name); }
      Deno.exit(0);`,
    );
    for (const [flags, expected] of [[[], "NotCapable"], [["--allow-read"], "read"]] as const) {
      const lines: string[] = [];
      await runOwn(module, { flags, input: "", onLine: (line) => lines.push(line) });
      assert.deepEqual(lines, [expected]);
    }
  }));

Deno.test("runOwn() ends the process when it is told to", () =>
  inFolder(async (dir) => {
    const module = await moduleOf(
      dir,
      `console.log(Deno.pid); await new Promise((resolve) => setTimeout(resolve, 60_000));`,
    );
    const stop = new AbortController();
    const reason = new Error("enough");
    let pid = 0;
    const over = runOwn(module, {
      flags: [],
      input: "",
      signal: stop.signal,
      onLine: (line) => {
        pid = Number(line);
        stop.abort(reason);
      },
    });
    assert.equal(await over.catch((error) => error), reason);
    assert.throws(() => Deno.kill(pid, "SIGCONT"), Deno.errors.NotFound);
  }));

Deno.test("runOwn() lets the process see that whoever started it was killed", () =>
  inFolder(async (dir) => {
    const file = join(dir, "ended");
    const module = await moduleOf(
      dir,
      `console.log("started");
      for await (const _ of Deno.stdin.readable);
      Deno.writeTextFileSync(${JSON.stringify(file)}, "");`,
    );
    const parent = join(dir, "parent.js");
    await Deno.writeTextFile(
      parent,
      `import { runOwn } from ${JSON.stringify(import.meta.resolve("./own_process.ts"))};
      await runOwn(new URL(${JSON.stringify(module.href)}), {
        flags: ["--allow-write"], input: "", onLine: (line) => console.log(line),
      });`,
    );
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "-A", parent],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    while (!await Deno.stat(file).catch(() => undefined)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }));
