import assert from "node:assert/strict";
import fc from "fast-check";
import { hasOurPolicy, withOurPolicy, withoutOurPolicy } from "./policy_firefox.ts";

Deno.test("withOurPolicy() then withoutOurPolicy() gives back a policies.json byte for byte", () => {
  const values = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(fc.property(values, values, fc.constantFrom(0, 2, "\t"), (policies, other, space) => {
    fc.pre(!("DNSOverHTTPS" in policies));
    const text = JSON.stringify({ ...other, policies }, null, space);
    const merged = withOurPolicy(text);
    if (merged === undefined) return;
    assert.deepEqual(JSON.parse(merged).policies.DNSOverHTTPS, { Enabled: false, Locked: true });
    assert.ok(hasOurPolicy(merged));
    assert.equal(withoutOurPolicy(merged), text);
  }));
});

Deno.test("withOurPolicy() makes a file of its own, which goes as a whole", () => {
  const made = withOurPolicy(undefined)!;
  assert.deepEqual(JSON.parse(made).policies.DNSOverHTTPS, { Enabled: false, Locked: true });
  assert.equal(withoutOurPolicy(made), undefined);
  // With something added by somebody else meanwhile, only our key goes.
  const added = made.replace("}}}", `},"DisablePocket":true}}`);
  assert.deepEqual(JSON.parse(withoutOurPolicy(added)!), { policies: { DisablePocket: true } });
});

Deno.test("withOurPolicy() leaves alone what somebody else decided, or nobody can read", () => {
  assert.equal(withOurPolicy(`{"policies":{"DNSOverHTTPS":{"Enabled":true}}}`), undefined);
  assert.equal(withOurPolicy("{ not json"), undefined);
  assert.equal(withOurPolicy(`{"policies":[]}`), undefined);
  assert.equal(withoutOurPolicy(`{"policies":{"DNSOverHTTPS":{"Enabled":true}}}`)?.length, 46);
});
