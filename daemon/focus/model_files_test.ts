/** Fills real folders from a real HTTP server, in the worker that does it for the daemon. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  cutAfter,
  noise,
  serveRegistry,
  type TestPackage,
  testPackage,
  type TestRegistry,
} from "../../tests/npm_double.ts";
import type { ModelRecord } from "../../vision/models.ts";
import { UnavailableError } from "../core/errors.ts";
import {
  ensureModels,
  type EnsureOptions,
  missingModels,
  MODEL_FILES,
  type ModelProgress,
  readModelFile,
} from "./model_files.ts";

const SMALL = testPackage("small", { "package/a.onnx": noise(5_000) });
const LARGE = testPackage("@scope/large", {
  "package/deep/b.onnx": noise(200_000, 2),
  "package/c.onnx": noise(90_000, 3),
  "package/not_wanted": noise(50_000, 4),
});
const RECORDS: readonly ModelRecord[] = [...LARGE.records.slice(0, 2), ...SMALL.records];

interface Scene {
  readonly server: TestRegistry;
  /** The folder's parent; nothing of it exists at first. */
  readonly root: string;
  readonly dir: URL;
  ensure(options?: Partial<EnsureOptions>): Promise<void>;
  /** What is in the folder, with everything checked by its digest. */
  models(): Promise<string[]>;
}

async function inScene(
  fn: (scene: Scene) => Promise<void>,
  packages: readonly TestPackage[] = [SMALL, LARGE],
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await inFolder(root, fn, packages);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function inFolder(
  root: string,
  fn: (scene: Scene) => Promise<void>,
  packages: readonly TestPackage[] = [SMALL, LARGE],
): Promise<void> {
  const dir = pathToFileURL(join(root, "dist", "models") + "/");
  await using server = serveRegistry(packages);
  const { registry } = server;
  await fn({
    server,
    root,
    dir,
    ensure: (options) => ensureModels({ registry, dir, records: RECORDS, ...options }),
    async models() {
      const names = await namesIn(dir);
      for (const name of names) {
        await readModelFile(RECORDS.find(({ file }) => file === name)!, dir);
      }
      return names;
    },
  });
}

async function namesIn(dir: string | URL): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
  return names.toSorted();
}

const ALL = ["a.onnx", "b.onnx", "c.onnx"];

Deno.test("ensureModels() fills an empty folder, one download a package, and leaves nothing else", () =>
  inScene(async ({ server, root, ensure, models }) => {
    const told: ModelProgress[] = [];
    await ensure({ onProgress: (progress) => told.push(progress) });
    assert.deepEqual(await models(), ALL);
    assert.equal(server.requests.length, 2);
    assert.deepEqual(await namesIn(join(root, "dist", ".models")), ["lock"]);
    const totalBytes = SMALL.tarball.length + LARGE.tarball.length;
    assert.ok(told.every((progress) => progress.totalBytes === totalBytes));
    const done = told.map(({ doneBytes }) => doneBytes);
    assert.deepEqual(done, done.toSorted((a, b) => a - b));
    assert.equal(done.at(-1), totalBytes);
    assert.deepEqual(
      new Set(told.map((progress) => `${progress.doing} ${progress.package}`)),
      new Set(
        ["downloading small", "unpacking small"].flatMap((
          each,
        ) => [each, each.replace("small", "@scope/large")]),
      ),
    );
  }));

Deno.test("ensureModels() asks for nothing when all is there, and for one package when one file was changed", () =>
  inScene(async ({ server, dir, ensure, models }) => {
    await ensure();
    await ensure();
    assert.equal(server.requests.length, 2);
    const path = new URL("b.onnx", dir);
    const bytes = await Deno.readFile(path);
    bytes[1_000] ^= 1;
    await Deno.writeFile(path, bytes);
    await ensure();
    assert.equal(server.requests.length, 3);
    await Deno.truncate(fileURLToPath(new URL("a.onnx", dir)), 10);
    await ensure();
    assert.equal(server.requests.length, 4);
    assert.deepEqual(await models(), ALL);
  }));

Deno.test("ensureModels() stopped in the middle lets go of everything and goes on later", () =>
  inScene(async ({ server, ensure, models, root }) => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    server.answers.push(
      (_, tarball) => new Response(tarball),
      (_, tarball) =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(tarball.slice(0, 7_000)),
          }),
        ),
    );
    const part = join(root, "dist", ".models", "@scope-large-1.0.0.tgz");
    const over = ensure({ signal: stop.signal });
    while ((await Deno.stat(part).catch(() => undefined))?.size !== 7_000) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    stop.abort(reason);
    assert.equal(await over.catch((error) => error), reason);
    assert.deepEqual(await models(), ["a.onnx"]);
    await ensure();
    assert.deepEqual(await models(), ALL);
    assert.equal(server.requests.at(-1)!.get("range"), "bytes=7000-");
    await assert.rejects(ensure({ signal: AbortSignal.abort(reason) }), reason);
  }));

Deno.test("ensureModels() called twice at once downloads once", () =>
  inScene(async ({ server, ensure, models }) => {
    await Promise.all([ensure(), ensure(), ensure()]);
    assert.deepEqual(await models(), ALL);
    assert.equal(server.requests.length, 2);
  }));

Deno.test("ensureModels() keeps what it has when the registry fails, and says which package", () =>
  inScene(async ({ server, ensure, models }) => {
    server.answers.push((_, tarball) => new Response(tarball), ...Array(4).fill(cutAfter(100)));
    await assert.rejects(ensure(), (error: Error) => {
      assert.ok(error instanceof UnavailableError);
      assert.match(error.message, /^Cannot download "@scope\/large" 1\.0\.0 [^\n]+$/);
      return true;
    });
    assert.deepEqual(await models(), ["a.onnx"]);
  }));

for (
  const [what, change, said] of [
    [
      "has another content than pinned",
      { sha256: "0".repeat(64) },
      /^Error: Cannot use "a\.onnx": made of small@1\.0\.0 it does not have the pinned digest$/,
    ],
    [
      "is not in its package",
      { source: { ...SMALL.records[0].source, paths: ["package/b"] } },
      /^Error: Cannot find "package\/b" in small 1\.0\.0$/,
    ],
    [
      "cannot be converted",
      { convertedOutputs: ["out"] },
      /^Error: Cannot convert "a\.onnx": [^\n]+$/,
    ],
  ] as const
) {
  Deno.test(`ensureModels() leaves no file that ${what}`, () =>
    inScene(async ({ root, ensure, models }) => {
      const records = [{ ...SMALL.records[0], ...change }];
      await assert.rejects(ensure({ records }), said);
      assert.deepEqual(await models(), []);
      const left = await namesIn(join(root, "dist", ".models"));
      assert.ok(!left.includes("a.onnx"), String(left));
    }));
}

Deno.test("ensureModels() says that a folder cannot be made", () =>
  inScene(async ({ root, ensure }) => {
    await Deno.writeTextFile(join(root, "dist"), "a file");
    await assert.rejects(ensure(), /^Error: Cannot fill the folder of models ".*models": [^\n]+$/);
  }));

const cannotMount = Deno.build.os !== "linux" || Deno.uid() !== 0;
Deno.test({
  name: `ensureModels() on a full disk says so, leaves room, and goes on later${
    cannotMount ? " (needs root)" : ""
  }`,
  ignore: cannotMount,
  async fn() {
    const root = await Deno.makeTempDir();
    const mount = async (...args: string[]) => {
      assert.ok((await new Deno.Command("mount", { args: [...args, root] }).output()).success);
    };
    await mount("-t", "tmpfs", "-o", "size=100k", "tmpfs");
    try {
      await inFolder(root, async ({ ensure, models }) => {
        await assert.rejects(ensure(), /No space left on device/);
        assert.deepEqual(await models(), ["a.onnx"]);
        assert.deepEqual(await namesIn(join(root, "dist", ".models")), ["lock"]);
        await mount("-o", "remount,size=2m");
        await ensure();
        assert.deepEqual(await models(), ALL);
      });
    } finally {
      await new Deno.Command("umount", { args: [root] }).output();
      await Deno.remove(root, { recursive: true });
    }
  },
});

Deno.test("readModelFile() names the file that is missing, cut short or changed, and the remedy", () =>
  inScene(async ({ dir, ensure }) => {
    const [record] = SMALL.records;
    const path = new URL(record.file, dir);
    const said = (reason: RegExp) =>
      assert.rejects(readModelFile(record, dir), (error: Error) => {
        assert.match(error.message, /^Cannot use the model "a\.onnx": [^\n]*`deno task models`/);
        assert.match(error.message, reason);
        return true;
      });
    await said(/it is not there/);
    await ensure();
    const bytes = await readModelFile(record, dir);
    assert.equal(bytes.length, record.bytes);
    await Deno.writeFile(path, bytes.slice(0, 4_999));
    await said(/it is 4999 bytes long, not 5000/);
    await Deno.writeFile(path, new Uint8Array(0));
    await said(/it is 0 bytes long/);
    for (const at of [0, 2_500, 4_999]) {
      const changed = bytes.slice();
      changed[at] ^= 1;
      await Deno.writeFile(path, changed);
      await said(/its content was changed/);
    }
  }));

Deno.test("missingModels() names what is not there or has another length", () =>
  inScene(async ({ dir }) => {
    assert.deepEqual(await missingModels(dir), MODEL_FILES);
    await Deno.mkdir(dir, { recursive: true });
    const [first, second] = MODEL_FILES;
    await Deno.writeFile(new URL(first.file, dir), new Uint8Array(first.bytes));
    await Deno.writeFile(new URL(second.file, dir), new Uint8Array(second.bytes - 1));
    assert.deepEqual(await missingModels(dir), MODEL_FILES.slice(1));
  }));
