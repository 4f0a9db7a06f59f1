/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Rule } from "../../daemon/core/rules.ts";
import {
  adding,
  addingAll,
  moved,
  moving,
  removing,
  replacing,
  RulesMovedError,
  undoing,
} from "./change_rules.ts";

const rule = (exact: string): Rule => ({ match: "app", exact, class: "signal" });
const A = rule("a"), B = rule("b"), C = rule("c"), D = rule("d");

Deno.test("a change finds the rule that was seen where it stands now, or is refused", () => {
  assert.deepEqual(adding(D, "first")([A, B]), [D, A, B]);
  assert.deepEqual(adding(D, "last")([A, B]), [A, B, D]);
  assert.deepEqual(replacing(1, B, D)([A, B, C]), [A, D, C]);
  assert.deepEqual(replacing(1, B, D)([C, A, B]), [C, A, D]);
  assert.deepEqual(removing(0, A)([B, A]), [B]);
  assert.throws(() => removing(0, A)([B, C]), RulesMovedError);
  assert.deepEqual(moving(0, 2, A)([A, B, C]), [B, C, A]);
  assert.throws(() => moving(0, 2, A)([B, A, C]), RulesMovedError);
  assert.throws(() => moving(0, 2, A)([A, B]), RulesMovedError);
  assert.deepEqual(undoing([A, B], [B])([B]), [A, B]);
  assert.throws(() => undoing([A, B], [B])([B, C]), RulesMovedError);
  assert.deepEqual(addingAll([B, C, C])([A, { ...B, regex: undefined }]).length, 3);
});

Deno.test("moved() puts one in its place, keeps the others in order, and back is back", () => {
  const items = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(items, fc.nat(), fc.nat(), (items, a, b) => {
    const from = a % items.length, to = b % items.length;
    const next = moved(items, from, to);
    assert.equal(next[to], items[from]);
    const without = (list: number[]) => list.filter((item) => item !== items[from]);
    assert.deepEqual(without(next), without(items));
    assert.deepEqual(moved(next, to, from), items);
  }));
});
