import assert from "node:assert/strict";
import { AddressLimit } from "./address_limit.ts";

Deno.test("AddressLimit makes an address that fails wait, and no other", () => {
  const limit = new AddressLimit();
  for (let i = 0; i < 20; i++) {
    assert.equal(limit.waitS("a", 0), 0);
    limit.failed("a", 0);
  }
  assert.equal(limit.waitS("a", 0), 3);
  assert.equal(limit.waitS("b", 0), 0);
  assert.equal(limit.waitS("a", 2_999), 1);
  assert.equal(limit.waitS("a", 3_000), 0);
  limit.failed("a", 3_000);
  assert.equal(limit.waitS("a", 3_000), 3);
  assert.equal(limit.waitS("a", 3_600_000), 0);
});

Deno.test("AddressLimit forgets the oldest of many addresses, not the newest", () => {
  const limit = new AddressLimit();
  const fail = (address: string) => Array.from({ length: 20 }, () => limit.failed(address, 0));
  fail("old");
  for (let i = 0; i < 9_999; i++) limit.failed(`10.0.${i >> 8}.${i & 255}`, 0);
  assert.ok(limit.waitS("old", 0) > 0);
  fail("new");
  assert.equal(limit.waitS("old", 0), 0);
  assert.ok(limit.waitS("new", 0) > 0);
});
