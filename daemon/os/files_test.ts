import assert from "node:assert/strict";
import { FatalError } from "../core/errors.ts";
import { prepareDataDir } from "./files.ts";

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
      assert.throws(
        () => prepareDataDir(path),
        (error) => error instanceof FatalError && /shared by all users/.test(error.message),
      );
      assert.equal(modeOf(), 0o1777);
    } finally {
      Deno.removeSync(path, { recursive: true });
    }
  },
});
