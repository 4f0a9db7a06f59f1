import assert from "node:assert/strict";
import fc from "fast-check";
import { checkedDeviceId } from "../../daemon/core/phone.ts";
import type { WirePhone } from "./wire.ts";
import { countOf, idFor, offerLeft, phoneState, timeLeft } from "./words.ts";

const AT_MS = Date.parse("2026-01-31T09:30:00.000Z");
const PHONE: WirePhone = {
  device_id: "p",
  name: "Phone",
  paired: "2026-01-01T00:00:00.000Z",
  revoked: null,
  last_seen: "2026-01-31T09:30:00.000Z",
  bearer: false,
  last: {
    at: "2026-01-31T09:30:00.000Z",
    screen_on: true,
    app: "com.instagram.android",
    name: "Instagram",
    class: "noise",
  },
};

Deno.test("phoneState() believes a heartbeat for a minute", () => {
  assert.deepEqual(phoneState(PHONE, AT_MS), { is: "on", app: "Instagram", class: "noise" });
  assert.deepEqual(phoneState(PHONE, AT_MS + 60_000).is, "on");
  assert.equal(phoneState(PHONE, AT_MS + 60_001).is, "silent");
  // A phone's clock may be ahead.
  assert.equal(phoneState(PHONE, AT_MS - 5_000).is, "on");
  const off = { ...PHONE, last: { ...PHONE.last!, screen_on: false, class: null } };
  assert.deepEqual(phoneState(off, AT_MS), { is: "off" });
  const unnamed = {
    ...PHONE,
    last: { ...PHONE.last!, app: null, name: null, class: "neutral" as const },
  };
  assert.deepEqual(phoneState(unnamed, AT_MS), { is: "on", app: undefined, class: "neutral" });
  assert.deepEqual(phoneState({ ...PHONE, last: null, last_seen: null }, AT_MS), { is: "never" });
  assert.deepEqual(phoneState({ ...PHONE, revoked: PHONE.paired }, AT_MS), { is: "revoked" });
});

Deno.test("idFor() is an id that the daemon takes and nobody has", () => {
  assert.equal(idFor("My Phone", []), "my-phone");
  assert.equal(idFor("Größe é", []), "gro-e-e");
  assert.equal(idFor("😀", ["phone"]), "phone-2");
  fc.assert(fc.property(fc.string({ maxLength: 100 }), fc.nat(3), (name, count) => {
    const taken: string[] = [];
    for (let i = 0; i <= count; i++) {
      const id = idFor(name, taken);
      assert.equal(checkedDeviceId(id), id);
      assert.ok(!taken.includes(id));
      taken.push(id);
    }
  }));
});

Deno.test("timeLeft() counts whole seconds down to nothing", () => {
  assert.equal(timeLeft(600_000, 0), "10:00");
  assert.equal(timeLeft(600_000, 1), "10:00");
  assert.equal(timeLeft(65_000, 0), "1:05");
  assert.equal(timeLeft(65_000, 64_001), "0:01");
  assert.equal(timeLeft(65_000, 65_000), undefined);
  assert.deepEqual([countOf(1, "pickup"), countOf(0, "pickup")], ["1 pickup", "0 pickups"]);
});

Deno.test("offerLeft() counts by this browser's clock, however wrong that is", () => {
  const offer = { made: "2026-01-31T09:30:00.000Z", expires: "2026-01-31T09:40:00.000Z" };
  for (const heardMs of [AT_MS, AT_MS + 3_600_000, AT_MS - 86_400_000]) {
    assert.equal(offerLeft(offer, heardMs, heardMs), "10:00");
    assert.equal(offerLeft(offer, heardMs, heardMs + 599_001), "0:01");
    assert.equal(offerLeft(offer, heardMs, heardMs + 600_000), undefined);
  }
});
