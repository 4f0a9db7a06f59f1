import assert from "node:assert/strict";
import { OFFER_LIFE_MS, Offers } from "./offers.ts";

const WISH = { deviceId: "p", name: "Phone", bearer: false };

Deno.test("Offers: one is taken once, by its code", async () => {
  const offers = new Offers();
  const { code, secret } = offers.make(WISH, 0);
  assert.equal(await offers.take("p", "0".repeat(32), 1), undefined);
  assert.equal(await offers.take("q", code, 1), undefined);
  const [first, second] = await Promise.all([
    offers.take("p", code, 1),
    offers.take("p", code, 1),
  ]);
  assert.deepEqual([first?.secret, second], [secret, undefined]);
  assert.equal(await offers.take("p", code, 1), undefined);
});

Deno.test("Offers: one that ran out, was taken back or was made anew is gone", async () => {
  const offers = new Offers();
  const old = offers.make(WISH, 0);
  const { code } = offers.make(WISH, 0);
  assert.equal(await offers.take("p", old.code, 1), undefined);
  assert.equal(await offers.take("p", code, OFFER_LIFE_MS), undefined);
  const withdrawn = offers.make(WISH, 0);
  await offers.withdraw("p", withdrawn.code);
  assert.equal(await offers.take("p", withdrawn.code, 1), undefined);
  const dropped = offers.make(WISH, 0);
  offers.drop("p");
  assert.equal(await offers.take("p", dropped.code, 1), undefined);
});

Deno.test("Offers: who takes one back leaves the one that came in its place", async () => {
  const offers = new Offers();
  const old = offers.make(WISH, 0);
  const { code, secret } = offers.make(WISH, 0);
  await offers.withdraw("p", old.code);
  assert.equal((await offers.take("p", code, 1))?.secret, secret);
});

Deno.test("Offers: one that ran out takes no other's place", async () => {
  const offers = new Offers();
  for (let i = 0; i < 19; i++) offers.make({ ...WISH, deviceId: `old${i}` }, 0);
  const first = offers.make(WISH, OFFER_LIFE_MS - 1);
  offers.make({ ...WISH, deviceId: "q" }, OFFER_LIFE_MS);
  offers.make({ ...WISH, deviceId: "old0" }, OFFER_LIFE_MS);
  assert.equal((await offers.take("p", first.code, OFFER_LIFE_MS))?.secret, first.secret);
});

Deno.test("Offers: the oldest goes for a new one when there are too many", async () => {
  const offers = new Offers();
  const made = Array.from({ length: 21 }, (_, i) => offers.make({ ...WISH, deviceId: `p${i}` }, 0));
  assert.equal(await offers.take("p0", made[0].code, 1), undefined);
  assert.equal((await offers.take("p1", made[1].code, 1))?.secret, made[1].secret);
});
