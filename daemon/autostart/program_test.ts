import assert from "node:assert/strict";
import { UnsupportedError } from "../core/errors.ts";
import { serviceProgram } from "./program.ts";

const DENO = { execPath: "/opt/deno", isStandalone: false };

Deno.test("serviceProgram() of an executable is that executable", () => {
  const { command, prepare, caution } = serviceProgram({
    execPath: "/opt/prodtracker",
    isStandalone: true,
  });
  assert.deepEqual(command, ["/opt/prodtracker", "serve", "--as-service"]);
  assert.deepEqual([prepare, caution], [undefined, undefined]);
});

Deno.test("serviceProgram() of a self-extracting file is the file, not what it unpacked", () => {
  const { command } = serviceProgram({ ...DENO, packed: "/home/me/./prodtracker" });
  assert.equal(command[0], "/home/me/prodtracker", "without what the shell left in it");
});

Deno.test("serviceProgram() of a checkout builds it, then runs it, both by absolute paths", () => {
  const { command, prepare, caution } = serviceProgram({
    ...DENO,
    checkoutRoot: "/src/pt",
    packed: "/x",
  });
  assert.deepEqual(command, [
    ...["/opt/deno", "run", "-q", "--config", "/src/pt/deno.json", "-P=product", "--no-prompt"],
    ...["--no-code-cache", "/src/pt/dist/start/main.js", "serve", "--as-service"],
  ]);
  assert.deepEqual(prepare?.slice(-2), ["/src/pt/tools/build.ts", "--quiet"]);
  assert.equal(caution, undefined);
});

Deno.test("serviceProgram() warns of a runtime in npx's cache", () => {
  const execPath = "/home/me/.npm/_npx/7a4/node_modules/deno/deno";
  const { caution } = serviceProgram({ execPath, isStandalone: false, checkoutRoot: "/src" });
  assert.match(caution ?? "", /npm may empty/);
});

Deno.test("serviceProgram() hands over the places, made absolute, and no setting", () => {
  const options = { dataDir: "data", envFile: "/etc/pt.env", lan: true };
  const { command } = serviceProgram({ execPath: "/opt/pt", isStandalone: true }, options);
  const rest = ["--data-dir", `${Deno.cwd()}/data`, "--env-file", "/etc/pt.env", "--lan"];
  assert.deepEqual(command.slice(3), rest);
});

Deno.test("serviceProgram() does not guess", () => {
  assert.throws(() => serviceProgram(DENO), UnsupportedError);
});
