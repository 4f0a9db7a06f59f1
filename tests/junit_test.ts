import assert from "node:assert/strict";
import { join } from "node:path";
import { countTests } from "./junit.ts";

const FIXTURE = `
Deno.test("passes", () => {});
Deno.test("a > b <c> & 'd'", () => {});
Deno.test("has steps", async (t) => { await t.step("one", () => {}); await t.step("a > b", () => {}); });
Deno.test("fails", () => { throw new Error("<skipped> </testcase>"); });
Deno.test("a step fails", async (t) => { await t.step("bad", () => { throw new Error("x"); }); });
Deno.test("leaks", () => { setTimeout(() => {}, 1e6); });
Deno.test({ name: "not > here", ignore: true, fn() {} });
`;

Deno.test("countTests() agrees with what a real run of deno test did", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "fixture_test.ts"), FIXTURE);
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-config", "--sanitize-ops", "--junit-path=report.xml", "fixture_test.ts"],
      cwd: folder,
      stdout: "null",
      stderr: "null",
    }).output();
    assert.equal(code, 1);
    const report = await Deno.readTextFile(join(folder, "report.xml"));
    assert.deepEqual(countTests(report), { passed: 3, failed: 3, ignored: ["not > here"] });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("countTests() of a report without suites is nothing", () => {
  assert.deepEqual(countTests("<testsuites></testsuites>"), { passed: 0, failed: 0, ignored: [] });
});
