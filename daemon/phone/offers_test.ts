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
  offers.withdraw("p");
  assert.equal(await offers.take("p", withdrawn.code, 1), undefined);
});

Deno.test("Offers: the oldest goes for a new one when there are too many", async () => {
  const offers = new Offers();
  const made = Array.from({ length: 21 }, (_, i) => offers.make({ ...WISH, deviceId: `p${i}` }, 0));
  assert.equal(await offers.take("p0", made[0].code, 1), undefined);
  assert.equal((await offers.take("p1", made[1].code, 1))?.secret, made[1].secret);
});
