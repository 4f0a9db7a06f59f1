import assert from "node:assert/strict";
import { readEnvironment, readShow } from "./systemd.ts";

const RUNNING = `LoadState=loaded
ActiveState=active
UnitFileState=enabled
MainPID=153
NRestarts=1
Result=success
ExecMainCode=0
ExecMainStatus=0
StateChangeTimestamp=Thu 2026-11-26 18:15:16 UTC
`;

const with_ = (...changes: [name: string, value: string][]) =>
  changes.reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*`, "m"), `${name}=${value}`),
    RUNNING,
  );

Deno.test("readShow() reads what systemctl show says of a unit that runs", () => {
  assert.deepEqual(readShow(RUNNING), {
    enabled: true,
    active: true,
    state: "active",
    sinceMs: Date.UTC(2026, 10, 26, 18, 15, 16),
    pid: 153,
    restarts: 1,
    failure: undefined,
  });
});

Deno.test("readShow() knows nothing of a unit that is not there", () => {
  const text =
    "LoadState=not-found\nActiveState=inactive\nUnitFileState=\nMainPID=0\nResult=success\n";
  assert.deepEqual(readShow(text), {
    enabled: false,
    active: false,
    state: "inactive",
    sinceMs: undefined,
    pid: undefined,
    restarts: undefined,
    failure: undefined,
  });
});

const FAILURES: readonly [changes: [string, string][], failure: RegExp][] = [
  [
    [["Result", "exit-code"], ["ExecMainCode", "1"], ["ExecMainStatus", "2"]],
    /^exit code 2 \(wrong usage/,
  ],
  [[["Result", "signal"], ["ExecMainCode", "2"], ["ExecMainStatus", "9"]], /^signal 9$/],
  [[["Result", "exit-code"]], /^it could not be prepared$/],
  [[["Result", "timeout"]], /in time$/],
  [[["Result", "start-limit-hit"]], /too often/],
  [
    [["Result", "exit-code"], ["ExecMainCode", "1"], ["ExecMainStatus", "1"], [
      "ActiveState",
      "failed",
    ]],
    /^exit code 1, each time it was started; given up$/,
  ],
];

for (const [changes, failure] of FAILURES) {
  Deno.test(`readShow() says of ${changes.map((each) => each.join("=")).join(", ")}: ${failure.source}`, () => {
    assert.match(readShow(with_(...changes)).failure ?? "", failure);
  });
}

Deno.test("readEnvironment() reads what systemctl show-environment prints", () => {
  const text =
    "DISPLAY=:0\nXAUTHORITY=/run/user/1000/.mutter-Xwaylandauth.X\nEMPTY=\nODD=$'a b\\'c'\n";
  assert.deepEqual([...readEnvironment(text)], [
    ["DISPLAY", ":0"],
    ["XAUTHORITY", "/run/user/1000/.mutter-Xwaylandauth.X"],
    ["EMPTY", ""],
    ["ODD", "a b'c"],
  ]);
});
