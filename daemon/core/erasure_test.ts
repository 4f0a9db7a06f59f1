import assert from "node:assert/strict";
import {
  compileErasure,
  erasureOf,
  type ErasureWish,
  holdsErased,
  lookBackMs,
  MAX_LOOK_BACK_MS,
} from "./erasure.ts";
import { compilePrivacy } from "./privacy_filter.ts";

const NOW = 1_800_000_000_000;
const of = (wish: ErasureWish, newestMs?: number) =>
  erasureOf(wish, { nowMs: NOW, newestMs, rules: [] });
const eraser = (wish: ErasureWish) => compileErasure(of(wish), (rules) => compilePrivacy(rules));

Deno.test("erasureOf() ends now, or with the newest event where a clock was set back", () => {
  assert.equal(of({ all: true }).span.endMs, NOW);
  assert.equal(of({ all: true }, NOW + 9).span.endMs, NOW + 9);
  assert.equal(of({ fromMs: 5, toMs: NOW + 1_000 }).span.endMs, NOW);
  assert.deepEqual(of({ fromMs: 5, toMs: 7 }), { kind: "time", span: { startMs: 5, endMs: 7 } });
});

Deno.test("erasureOf() refuses what names nothing, too much, or no time", () => {
  const wrong: ErasureWish[] = [
    {},
    { all: true, app: "x" },
    { privacy: true, title: "x" },
    { all: true, toMs: 5 },
    { regex: true, toMs: 5 },
  ];
  for (const wish of wrong) assert.throws(() => of(wish), TypeError, JSON.stringify(wish));
  for (const wish of [{ title: " " }, { fromMs: 7, toMs: 7 }, { fromMs: NOW }]) {
    assert.throws(() => of(wish), RangeError, JSON.stringify(wish));
  }
});

Deno.test("an eraser of texts: all have to fit, as a whole in any case, also far into a long one", async () => {
  const exact = await eraser({ app: "firefox", title: "My Bank" });
  assert.equal(exact.fateOf({ app: "Firefox", title: "my bank" }), "goes");
  assert.equal(exact.fateOf({ app: "Firefox", title: "my bank account" }), "stays");
  assert.equal(exact.fateOf({ title: "my bank" }), "stays");
  const found = await eraser({ title: "b[ae]nk", regex: true });
  const long = `${"x".repeat(600)} bank ${"y".repeat(600)}`;
  assert.equal(found.fateOf({ title: long }), "goes");
  assert.equal(found.names("about the Bank"), true);
  assert.equal(exact.names("about firefox"), false);
  await assert.rejects(eraser({ title: "(", regex: true }), RangeError);
});

Deno.test("an eraser finds what privacy rules find: invisible characters and composed letters hide nothing", async () => {
  const long = `${"x".repeat(600)} Zu\u0308r\u2068ich ${"y".repeat(600)}`;
  assert.equal(
    (await eraser({ title: "z\u00fcrich", regex: true })).fateOf({ title: long }),
    "goes",
  );
  const exact = await eraser({ title: "Zu\u0308rich" });
  assert.equal(exact.fateOf({ title: "Z\u00dcRICH" }), "goes");
  assert.equal(exact.names("from Z\u00fcr\u200bich"), true);
  assert.equal((await eraser({ title: "zu\u0308r.ch", regex: true })).names("Z\u00fcrich"), true);
});

Deno.test("holdsErased() finds subjects and words wherever they stand in JSON", async () => {
  const found = await eraser({ title: "secret", regex: true });
  assert.equal(holdsErased([{ a: { subject: { app: "x", title: "my secret" } } }], found), true);
  assert.equal(holdsErased({ text: "of a Secret" }, found), true);
  assert.equal(holdsErased([{ app: "secret" }, 1, null, "other"], found), true);
  assert.equal(holdsErased([{ app: "x", title: "y" }, 1, null, true], found), false);
});

Deno.test("lookBackMs() is the longest time that the words tell, and some", () => {
  assert.equal(lookBackMs("12 of 15 minutes on reddit.com"), 15 * 60_000 + 300_000);
  assert.equal(lookBackMs("40 seconds of TikTok on the phone"), 40_000 + 300_000);
  assert.equal(lookBackMs("something else"), 300_000);
  assert.equal(lookBackMs("100000 minutes of noise today"), MAX_LOOK_BACK_MS);
});
