import assert from "node:assert/strict";
import { wantsColour } from "./output.ts";

Deno.test("wantsColour(): NO_COLOR, then FORCE_COLOR, then whether it is a terminal", () => {
  const cases: [Record<string, string>, terminal: boolean, expected: boolean][] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  ];
  for (const [env, terminal, expected] of cases) {
    assert.equal(wantsColour(terminal, (name) => env[name]), expected, JSON.stringify(env));
  }
});
