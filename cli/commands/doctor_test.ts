import assert from "node:assert/strict";
import { displayWidth, withoutColours } from "../text.ts";
import { view } from "./doctor.ts";

Deno.test("doctor: a check's lines fit any terminal, and cannot steer it", () => {
  const check = {
    ...{ group: "Desktop", name: "window tracking", status: "fail" } as const,
    detail: `Cannot connect to X display ":7\x1b[2J": ${"no server listens there ".repeat(4)}`,
    remedy: "check DISPLAY and XAUTHORITY, which say where the desktop is and who may see it",
  };
  for (const width of [30, 40, 59, 60, 80, 200]) {
    for (const line of view(check, width).map(withoutColours)) {
      assert.ok(!line.includes("\x1b"));
      assert.ok(displayWidth(line) <= width, `${width}: ${line}`);
    }
  }
  const [narrow, second] = view(check, 40).map(withoutColours);
  assert.equal(narrow, "✗ fail  window tracking");
  assert.match(second, /^ {4}Cannot connect/);
  const [wide] = view(check, 80).map(withoutColours);
  assert.match(wide, /^✗ fail {2}window tracking {3}Cannot connect to X display/);
});
