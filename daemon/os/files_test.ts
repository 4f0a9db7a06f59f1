import assert from "node:assert/strict";
import { FatalError } from "../core/errors.ts";
import { prepareDataDir, writePrivateFile } from "./files.ts";

const ignore = Deno.build.os === "windows";

Deno.test({
  name: "prepareDataDir() closes a directory to others, but not one that all users share",
  ignore,
  fn() {
    const path = Deno.makeTempDirSync({ prefix: "prodtracker-files-" });
    const modeOf = () => Deno.statSync(path).mode! & 0o7777;
    try {
      Deno.chmodSync(path, 0o755);
      prepareDataDir(path);
      assert.equal(modeOf(), 0o700);
      Deno.chmodSync(path, 0o1777);
      Deno.writeTextFileSync(`${path}/another's`, "");
      assert.throws(
        () => prepareDataDir(path),
        (error) => error instanceof FatalError && /all users share it/.test(error.message),
      );
      assert.equal(modeOf(), 0o1777);
    } finally {
      Deno.removeSync(path, { recursive: true });
    }
  },
});

Deno.test("writePrivateFile() leaves nothing behind when it cannot write", () => {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-files-" });
  try {
    Deno.mkdirSync(`${dir}/taken`);
    assert.throws(
      () => writePrivateFile(`${dir}/taken`, "text"),
      (error) => error instanceof FatalError && error.message.includes(`"${dir}/taken"`),
    );
    assert.deepEqual([...Deno.readDirSync(dir)].map((entry) => entry.name), ["taken"]);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
});
