import assert from "node:assert/strict";
import { join } from "node:path";
import { needs } from "../tests/programs.ts";
import { packTar } from "./tar.ts";

const FILES = [
  { name: "bin/run", bytes: new TextEncoder().encode("#!/bin/sh\necho ran\n"), executable: true },
  { name: "a b/empty", bytes: new Uint8Array(0) },
  { name: "a b/block", bytes: new Uint8Array(512).fill(65) },
  { name: "a b/ümlaut", bytes: new Uint8Array([0, 255]) },
];

const tar = needs("tar");

Deno.test({
  name: `packTar() makes an archive that the system's tar unpacks byte for byte${tar.suffix}`,
  ignore: tar.ignore || Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const path = join(folder, "x.tar");
      await Deno.writeFile(path, packTar(FILES));
      const result = await new Deno.Command("tar", { args: ["-xf", path, "-C", folder] }).output();
      assert.equal(new TextDecoder().decode(result.stderr), "");
      for (const { name, bytes, executable } of FILES) {
        assert.deepEqual(await Deno.readFile(join(folder, name)), bytes, name);
        const { mode } = await Deno.stat(join(folder, name));
        assert.equal((mode! & 0o100) !== 0, executable === true, name);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("packTar() gives the same bytes whatever the order of its files", () => {
  assert.deepEqual(packTar(FILES), packTar(FILES.toReversed()));
});

Deno.test("packTar() refuses a name that does not fit", () => {
  assert.throws(() => packTar([{ name: "x".repeat(101), bytes: new Uint8Array(0) }]), RangeError);
});
