import assert from "node:assert/strict";
import { SharedWhileUsed } from "./shared_while_used.ts";

Deno.test("SharedWhileUsed makes a value once for all who ask at once, and for who asks while it is used", async () => {
  const shared = new SharedWhileUsed<{ readonly number: number }>();
  let made = 0;
  const make = () => Promise.resolve({ number: ++made });
  const [first, second] = await Promise.all([shared.get("a", make), shared.get("a", make)]);
  assert.equal(first, second);
  assert.equal(await shared.get("a", make), first);
  assert.equal((await shared.get("b", make)).number, 2);
});

Deno.test("SharedWhileUsed tries again after a failure", async () => {
  const shared = new SharedWhileUsed<object>();
  const fail = () => Promise.reject(new Error("not now"));
  const both = await Promise.allSettled([shared.get("a", fail), shared.get("a", fail)]);
  assert.deepEqual(both.map(({ status }) => status), ["rejected", "rejected"]);
  const value = {};
  assert.equal(await shared.get("a", () => Promise.resolve(value)), value);
});
