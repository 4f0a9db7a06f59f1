import assert from "node:assert/strict";
import { needs } from "./programs.ts";
import { missingPackages, parsePackages } from "./system_packages.ts";

Deno.test("parsePackages() reads names and programs, not comments", () => {
  const text = "# all\nxvfb Xvfb # a server\n\n  x11-utils\txprop xmessage\n";
  assert.deepEqual(parsePackages(text), [
    { name: "xvfb", programs: ["Xvfb"] },
    { name: "x11-utils", programs: ["xprop", "xmessage"] },
  ]);
});

Deno.test("parsePackages() refuses a package without a program", () => {
  assert.throws(() => parsePackages("xvfb\n"), { message: 'Package "xvfb" names no program' });
});

Deno.test("missingPackages() keeps only what is not there", () => {
  const packages = [
    { name: "a", programs: [Deno.execPath(), "/no/such/file"] },
    { name: "b", programs: [Deno.execPath()] },
    { name: "c", programs: ["no-such-program"] },
  ];
  assert.deepEqual(missingPackages(packages), [
    { name: "a", programs: ["/no/such/file"] },
    { name: "c", programs: ["no-such-program"] },
  ]);
});

Deno.test("needs() names what is missing and ignores the test, except in CI", () => {
  const before = Deno.env.get("CI");
  try {
    Deno.env.delete("CI");
    assert.deepEqual(needs("no-such-a", "no-such-b"), {
      ignore: true,
      suffix: " [needs no-such-a, no-such-b]",
    });
    assert.deepEqual(needs(Deno.execPath()), { ignore: false, suffix: "" });
    Deno.env.set("CI", "true");
    assert.equal(needs("no-such-a").ignore, false);
  } finally {
    if (before === undefined) Deno.env.delete("CI");
    else Deno.env.set("CI", before);
  }
});
