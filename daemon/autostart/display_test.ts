import assert from "node:assert/strict";
import { displayOf, leadsElsewhere, namesToImport } from "./display.ts";

type Vars = Record<string, string>;
const env = (vars: Vars) => (name: string) => vars[name];

Deno.test("displayOf() prefers Wayland's, and knows none", () => {
  assert.equal(displayOf(env({ DISPLAY: ":0", WAYLAND_DISPLAY: "wayland-0" })), "wayland-0");
  assert.equal(displayOf(env({ DISPLAY: ":0" })), ":0");
  assert.equal(displayOf(env({ DISPLAY: "" })), null);
});

const ELSEWHERE: readonly [what: string, theirs: Vars, mine: Vars, leads: boolean][] = [
  ["no screen is known", {}, {}, false],
  ["the session ended", {}, { DISPLAY: ":0" }, false],
  ["there is one now", { DISPLAY: ":0" }, {}, true],
  [
    "it is the same",
    { DISPLAY: ":0", XAUTHORITY: "/a" },
    { DISPLAY: ":0", XAUTHORITY: "/a" },
    false,
  ],
  [
    "its key is another",
    { DISPLAY: ":0", XAUTHORITY: "/b" },
    { DISPLAY: ":0", XAUTHORITY: "/a" },
    true,
  ],
  ["unset and empty are the same", { DISPLAY: ":0", XAUTHORITY: "" }, { DISPLAY: ":0" }, false],
];
for (const [what, theirs, mine, leads] of ELSEWHERE) {
  Deno.test(`leadsElsewhere(), when ${what}: ${leads}`, () => {
    assert.equal(leadsElsewhere(env(theirs), env(mine)), leads);
  });
}

const IMPORTS: readonly [what: string, vars: Vars, known: Vars, names: string[]][] = [
  ["of a new desktop", { DISPLAY: ":0", XAUTHORITY: "/a" }, {}, ["DISPLAY", "XAUTHORITY"]],
  ["that is known", { DISPLAY: ":0" }, { DISPLAY: ":0" }, []],
  ["whose key changed", { DISPLAY: ":0", XAUTHORITY: "/a" }, { DISPLAY: ":0" }, ["XAUTHORITY"]],
  ["forwarded from afar", { DISPLAY: "localhost:10.0", XAUTHORITY: "/a" }, {}, []],
  ["of a text console", { XAUTHORITY: "/a" }, {}, []],
];
for (const [what, vars, known, names] of IMPORTS) {
  Deno.test(`namesToImport() of a display ${what}: ${names.join(", ") || "none"}`, () => {
    assert.deepEqual(namesToImport(env(vars), new Map(Object.entries(known))), names);
  });
}
