/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { WirePart } from "../../wire.ts";
import { placeOf, sortedParts, summaryOf } from "./parts.ts";

const part = (name: string, status: WirePart["status"]): WirePart => ({ name, status, detail: "" });

Deno.test("sortedParts() puts what needs a look first, and what nobody misses last", () => {
  const parts = [
    ...[part("store", "ok"), part("screenshots", "off"), part("backup", "starting")],
    ...[part("window", "off"), part("mail", "degraded")],
  ];
  assert.deepEqual(sortedParts(parts).map(({ name }) => name), [
    ...["mail", "window", "backup", "store", "screenshots"],
  ]);
});

Deno.test("summaryOf() says in a sentence how it is", () => {
  const cases: [WirePart[], string][] = [
    [[part("store", "ok"), part("sound", "off")], "All is well."],
    [[part("store", "ok"), part("window", "starting")], "Starting."],
    [
      [part("store", "ok"), part("window", "off")],
      "What runs, runs well; 1 of 2 parts are off.",
    ],
    [[part("mail", "degraded"), part("idle", "off")], "One part does not work as it should."],
    [[part("mail", "degraded"), part("sms", "degraded")], "2 parts do not work as it should."],
  ];
  for (const [parts, said] of cases) assert.equal(summaryOf(parts), said);
});

Deno.test("placeOf() leads to where a part is set up, when it needs a look", () => {
  assert.equal(placeOf(part("mail", "ok")), undefined);
  assert.deepEqual(placeOf(part("mail", "degraded"))?.query, { section: "messages" });
  assert.equal(placeOf(part("blocker", "off"))?.to, "block");
  assert.equal(placeOf(part("toString", "off")), undefined);
});
