import assert from "node:assert/strict";
import { red } from "./style.ts";
import { table } from "./table.ts";
import { displayWidth, withoutColours } from "./text.ts";

Deno.test("table() aligns by display width and right-aligns numbers", () => {
  const lines = table(
    [{ title: "name" }, { title: "time", align: "right" }, {}],
    [["日本", "5 s", { styled: red("██") }], ["ab", "12 min", { styled: "" }]],
    80,
  );
  assert.deepEqual(lines.map(withoutColours), [
    "name    time",
    "日本     5 s  ██",
    "ab    12 min",
  ]);
});

Deno.test("table() shrinks the columns that may, so that no line is wider than the terminal", () => {
  const lines = table(
    [{ shrinkTo: 5 }, { align: "right" }],
    [["a very long title 日本語", "1 h 00 min"], ["b", "5 s"]],
    20,
  );
  assert.deepEqual(lines, ["a very…   1 h 00 min", "b                5 s"]);
  for (const line of lines) assert.ok(displayWidth(line) <= 20, line);
});

Deno.test("table() makes foreign text harmless before it colours it", () => {
  const [line] = table([{}], [[{ text: "x\x1b[2J\u202ey", paint: red }]], 80);
  assert.equal(line, red("x\ufffd[2J\ufffdy"));
});
