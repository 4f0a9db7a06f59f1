/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { WireCheck } from "../settings_wire.ts";
import { byGroup, verdictOf } from "./checks.ts";

const check = (name: string, status: WireCheck["status"], group = "Data"): WireCheck => ({
  ...{ group, name, status, detail: "", remedy: null },
});

Deno.test("verdictOf() names what failed, else what wants a look, else that all is well", () => {
  const [well, off] = [check("clock", "ok"), check("mail", "off")];
  const cases: [WireCheck[], string][] = [
    [[well, off], "All is well: 2 checks."],
    [[well, check("disk space", "warn")], "It works; 1 of 2 checks want a look: disk space."],
    [[check("a", "warn"), check("b", "fail"), check("c", "fail")], "2 of 3 checks failed: b, c."],
  ];
  for (const [checks, said] of cases) assert.equal(verdictOf(checks), said);
});

Deno.test("byGroup() keeps the order of groups and of checks", () => {
  const checks = [check("a", "ok"), check("b", "ok", "Machine"), check("c", "ok")];
  assert.deepEqual(byGroup(checks).map(({ group, checks }) => [group, checks.length]), [
    ["Data", 2],
    ["Machine", 1],
  ]);
});
