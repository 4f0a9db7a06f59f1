/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { erasureOf } from "../../../daemon/core/erasure.ts";
import { EMPTY_WISH, WAYS, type WishDraft, wishOf } from "./wish.ts";

const at = (local: string) => new Date(local).toISOString();

Deno.test("wishOf() sends what its way needs, in UTC, and nothing that was left from another way", () => {
  const full: WishDraft = {
    ...{ way: "time", from: "2026-01-31T20:00", to: "2026-01-31T22:00", isPattern: true },
    ...{ app: "Signal", title: "surprise party", url: "" },
  };
  const span = { from: at(full.from), to: at(full.to) };
  const body = (draft: WishDraft) => {
    const wish = wishOf(draft);
    assert.ok("body" in wish, JSON.stringify(wish));
    return wish.body;
  };
  assert.deepEqual(body(full), span);
  const texts = { app: "Signal", title: "surprise party" };
  assert.deepEqual(body({ ...full, way: "text" }), { ...span, ...texts, regex: true });
  const plain = { ...full, way: "text", isPattern: false, from: "", to: "", app: " " } as const;
  assert.deepEqual(body(plain), { title: "surprise party" });
  assert.deepEqual(body({ ...full, way: "privacy", to: "" }), { from: span.from, privacy: true });
  assert.deepEqual(body({ ...full, way: "all" }), { all: true });
});

Deno.test("wishOf() says what is missing", () => {
  const problem = (draft: Partial<WishDraft>) => {
    const wish = wishOf({ ...EMPTY_WISH, ...draft });
    return "problem" in wish ? wish.problem : undefined;
  };
  assert.equal(problem({}), "Name a begin, an end or both.");
  assert.equal(problem({ way: "text", app: "  " }), "Name an app, a title or an address.");
  assert.equal(problem({ from: "2026-02-30T99:00" }), "Write the whole date and time.");
  const same = "2026-01-31T20:00";
  assert.equal(problem({ from: same, to: same }), "The end must be after the begin.");
});

Deno.test("wishOf() never sends what the daemon refuses for naming nothing, or too much", () => {
  const text = fc.constantFrom("", " ", "a", "x y");
  const time = fc.constantFrom("", "2026-01-31T20:00", "2026-01-31T22:00");
  const draft = fc.record({
    ...{ way: fc.constantFrom(...WAYS), from: time, to: time, isPattern: fc.boolean() },
    ...{ app: text, title: text, url: text },
  });
  const nowMs = Date.parse("2026-02-10T00:00:00Z");
  fc.assert(fc.property(draft, (each) => {
    const wish = wishOf(each);
    if ("problem" in wish) return;
    const { from, to, ...rest } = wish.body;
    const fromMs = from === undefined ? undefined : Date.parse(from);
    const toMs = to === undefined ? undefined : Date.parse(to);
    const { kind } = erasureOf({ ...rest, fromMs, toMs }, { nowMs, newestMs: 0, rules: [] });
    assert.equal(kind, each.way === "text" ? "subject" : each.way);
  }));
});
