import assert from "node:assert/strict";
import { join } from "node:path";
import { UnsupportedError } from "../core/errors.ts";
import { prepareLog, readLog, startOfLast } from "./log_file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const CASES: readonly [text: string, lines: number, last: string][] = [
  ["", 3, ""],
  ["one", 1, "one"],
  ["one\ntwo\n", 1, "two\n"],
  ["one\ntwo", 1, "two"],
  ["one\ntwo\nthree\n", 2, "two\nthree\n"],
  ["one\n\n", 1, "\n"],
  ["one\ntwo\n", 9, "one\ntwo\n"],
];
for (const [text, lines, last] of CASES) {
  Deno.test(`startOfLast(${JSON.stringify(text)}, ${lines}) begins ${JSON.stringify(last)}`, () => {
    assert.equal(
      new TextDecoder().decode(bytes(text).subarray(startOfLast(bytes(text), lines))),
      last,
    );
  });
}

Deno.test("readLog() goes on with what is written, and begins anew with a file that was cut", async () => {
  const dir = await Deno.makeTempDir({ prefix: "prodtracker-log-" });
  try {
    const path = join(dir, "service.log");
    prepareLog(path);
    assert.equal((Deno.statSync(path).mode ?? 0) & 0o777, 0o600);
    Deno.writeTextFileSync(path, "one\ntwo\n");
    const end = new AbortController();
    const reader = readLog(path, { lines: 1, follow: true, signal: end.signal })
      .pipeThrough(new TextDecoderStream()).getReader();
    assert.equal((await reader.read()).value, "two\n");
    Deno.writeTextFileSync(path, "three\n", { append: true });
    assert.equal((await reader.read()).value, "three\n");
    Deno.writeTextFileSync(path, "anew\n");
    assert.equal((await reader.read()).value, "anew\n");
    end.abort();
    assert.equal((await reader.read()).done, true);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("readLog() says that there is none", () => {
  const { signal } = new AbortController();
  const read = () => readLog("/no/such/file", { lines: 1, follow: false, signal });
  assert.throws(read, UnsupportedError);
});
