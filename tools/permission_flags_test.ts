import assert from "node:assert/strict";
import { permissionFlags } from "./permission_flags.ts";

Deno.test("permissionFlags() grants what the set lists and refuses remote modules", () => {
  assert.deepEqual(
    permissionFlags({
      read: true,
      net: true,
      env: { allow: ["HOME", "DISPLAY"], ignore: true },
      run: ["xdg-open"],
      ffi: false,
      import: false,
    }),
    [
      "--no-prompt",
      "--allow-read",
      "--allow-net",
      "--allow-env=HOME,DISPLAY",
      "--ignore-env",
      "--allow-run=xdg-open",
      "--deny-import",
    ],
  );
});

Deno.test("permissionFlags() grants nothing for an empty list", () => {
  assert.deepEqual(permissionFlags({ run: [] }), ["--no-prompt", "--deny-import"]);
});

Deno.test("permissionFlags() refuses run, env, sys and ffi as a whole", () => {
  for (const name of ["run", "env", "sys", "ffi"]) {
    assert.throws(() => permissionFlags({ [name]: true }), /must be a list/);
    assert.throws(() => permissionFlags({ [name]: { allow: true } }), /must be a list/);
  }
});

Deno.test("permissionFlags() refuses a permission that does not exist", () => {
  assert.throws(() => permissionFlags({ network: true }), /Unknown permission "network"/);
});
