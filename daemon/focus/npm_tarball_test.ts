import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { packTar } from "../../tools/tar.ts";
import { noise } from "../../tests/npm_double.ts";
import { extractTarball } from "./npm_tarball.ts";

async function inFile<T>(bytes: Uint8Array, fn: (path: string) => Promise<T>): Promise<T> {
  const dir = await Deno.makeTempDir();
  try {
    const path = join(dir, "package.tgz");
    await Deno.writeFile(path, bytes);
    return await fn(path);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("extractTarball() gives back what packTar() packed, and only what is wanted", async () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,20}(\/[a-z]{1,20}){0,2}$/), {
    maxLength: 8,
  });
  const law = fc.asyncProperty(names, fc.nat(2_000), fc.nat(), async (paths, length, seed) => {
    const files = paths.map((name, index) => ({
      name: `package/${name}`,
      bytes: noise((length * (index + 1)) % 1_700, seed + index),
    }));
    const wanted = files.filter((_, index) => index % 2 === 0);
    const found = await inFile(
      gzipSync(packTar(files)),
      (path) => extractTarball(path, (name) => wanted.some((file) => file.name === name)),
    );
    assert.deepEqual(
      [...found].toSorted(),
      wanted.map(({ name, bytes }) => [name, bytes] as const).toSorted(),
    );
  });
  await fc.assert(law, { numRuns: 50 });
});

/** A file of several pieces of a stream, in an archive as `tar` itself writes it. */
Deno.test("extractTarball() reads long files and what the tar program packs", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const folder = join(dir, "package", "x".repeat(80), "y".repeat(60));
    await Deno.mkdir(folder, { recursive: true });
    const bytes = noise(700_001);
    await Deno.writeFile(join(folder, "file"), bytes);
    await Deno.writeFile(join(dir, "package", "empty"), new Uint8Array(0));
    const { success } = await new Deno.Command("tar", {
      args: ["czf", "out.tgz", "--format=ustar", "package"],
      cwd: dir,
    }).output();
    assert.ok(success);
    const found = await extractTarball(join(dir, "out.tgz"), () => true);
    const path = `package/${"x".repeat(80)}/${"y".repeat(60)}/file`;
    assert.deepEqual([...found.keys()].toSorted(), ["package/empty", path]);
    assert.deepEqual(found.get(path), bytes);
    assert.deepEqual(found.get("package/empty"), new Uint8Array(0));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

const ARCHIVE = packTar([{ name: "package/a", bytes: noise(3_000) }]);

/** The archive with one byte of its first header changed. */
function damaged(): Uint8Array {
  const bytes = ARCHIVE.slice();
  bytes[3] ^= 1;
  return gzipSync(bytes);
}

const BAD: readonly [what: string, bytes: Uint8Array][] = [
  ["ends within a file", gzipSync(ARCHIVE.slice(0, 2_000))],
  ["ends within a header", gzipSync(ARCHIVE.slice(0, 300))],
  ["is cut within the compression", gzipSync(ARCHIVE).slice(0, 2_000)],
  ["is not compressed", ARCHIVE],
  ["has a damaged header", damaged()],
];

for (const [what, bytes] of BAD) {
  Deno.test(`extractTarball() says that a tarball ${what}`, () =>
    inFile(bytes, async (path) => {
      for (const wanted of [() => true, () => false]) {
        await assert.rejects(extractTarball(path, wanted), (error: Error) => {
          assert.ok(error.message.startsWith(`Cannot unpack "${path}": `), error.message);
          return true;
        });
      }
    }));
}
