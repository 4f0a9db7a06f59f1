import assert from "node:assert/strict";
import { UnsupportedError } from "../core/errors.ts";
import { runProgram, startPiped } from "./exec.ts";

const ignore = Deno.build.os === "windows";

Deno.test({
  name: "runProgram() gives all that a program said, and its exit code",
  ignore,
  async fn() {
    const script = "head -c 300000 /dev/zero | tr '\\0' x; echo oh >&2; exit 3";
    const { code, stdout, stderr } = await runProgram(["sh", "-c", script]);
    assert.deepEqual([code, stdout.length, stderr], [3, 300_000, "oh\n"]);
    assert.equal((await runProgram(["prodtracker-no-such-program"])).code, 127);
  },
});

Deno.test({
  name: "runProgram() keeps no more of what a program says than fits into memory",
  ignore,
  async fn() {
    const { stdout } = await runProgram(["cat", "/dev/zero"], { limitMs: 1_000 });
    assert.ok(stdout.length > 0 && stdout.length < 20_000_000, `${stdout.length}`);
  },
});

Deno.test({
  name:
    "runProgram() ends a program that stopped, or that hears no request, and waits for no child",
  ignore,
  async fn() {
    for (const how of ["kill -STOP $$", "trap '' TERM; sleep 9", "sleep 9 & exit 4"]) {
      const said = await runProgram(["sh", "-c", `echo before; ${how}`], { limitMs: 1_500 });
      assert.notEqual(said.code, 0, how);
      assert.equal(said.stdout, "before\n", how);
    }
  },
});

Deno.test({
  name: "runProgram() gives a program variables besides those it inherits",
  ignore,
  async fn() {
    const { stdout } = await runProgram(["sh", "-c", 'echo "$LC_ALL:${PATH:+inherited}"'], {
      env: { LC_ALL: "C" },
    });
    assert.equal(stdout, "C:inherited\n");
  },
});

Deno.test({
  name: "startPiped().interrupt() lets a program end in its own way",
  ignore,
  async fn() {
    const child = startPiped([
      "sh",
      "-c",
      "trap 'echo bye; exit 5' INT; echo; while :; do sleep 0.02; done",
    ]);
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    child.interrupt();
    let said = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) said += part.value;
    assert.deepEqual([said, await child.ended], ["bye\n", 5]);
  },
});

Deno.test({
  name: "startPiped() gives the bytes, the lines of standard error and the exit code",
  ignore,
  async fn() {
    const lines: string[] = [];
    const script = "printf '\\000\\377ab'; printf 'one\\rtwo\\n\\nthree' >&2; exit 7";
    const child = startPiped(["sh", "-c", script], { onLine: (line) => lines.push(line) });
    assert.deepEqual(await new Response(child.stdout).bytes(), new Uint8Array([0, 255, 97, 98]));
    assert.equal(await child.ended, 7);
    assert.deepEqual(lines, ["one", "two", "three"]);
    assert.deepEqual(child.said, lines);
  },
});

Deno.test({
  name: "startPiped() keeps the last lines only, and cuts a long one",
  ignore,
  async fn() {
    const script =
      "for i in $(seq 100); do echo line $i >&2; done; head -c 5000 /dev/zero | tr '\\0' x >&2";
    const child = startPiped(["sh", "-c", script]);
    await child.stdout.cancel();
    assert.equal(await child.ended, 0);
    assert.equal(child.said.length, 40);
    assert.equal(child.said[0], "line 62");
    assert.equal(child.said.at(-1), "x".repeat(500));
  },
});

Deno.test({
  name: "startPiped().kill() ends a program that waits for its reader, and leaves its child alone",
  ignore,
  async fn() {
    const child = startPiped(["sh", "-c", "sleep 1 & cat /dev/zero"]);
    const reader = child.stdout.getReader();
    assert.ok((await reader.read()).value!.length > 0);
    child.kill();
    assert.notEqual(await child.ended, 0);
    await reader.cancel();
    child.kill();
  },
});

Deno.test("startPiped() says which program is not there", () => {
  assert.throws(
    () => startPiped(["prodtracker-no-such-program"]),
    (error) => error instanceof UnsupportedError && /no-such-program/.test(error.message),
  );
});
