/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_RETENTION, type Retention } from "../../../daemon/core/retention.ts";
import {
  changedLimits,
  LIMIT_NAMES,
  limitProblem,
  limitWords,
  retentionDraftOf,
  retentionOfDraft,
  tightenedLimits,
} from "./limits.ts";

const limit = fc.option(fc.double({ min: 0.001, max: 36_500, noNaN: true }), { nil: null });
const retention = fc.record({
  ...{ events_days: limit, screenshots_days: limit, screenshots_mb: limit },
  ...{ messages_days: limit, loop_days: limit },
}, { noNullPrototype: true }) as fc.Arbitrary<Retention>;

Deno.test("the form knows every limit there is", () => {
  assert.deepEqual(LIMIT_NAMES.toSorted(), Object.keys(DEFAULT_RETENTION).toSorted());
});

Deno.test("retentionOfDraft() gives back what retentionDraftOf() was given", () => {
  fc.assert(fc.property(retention, (each) => {
    assert.deepEqual(retentionOfDraft(retentionDraftOf(each)), each);
  }));
});

Deno.test("limitProblem() wants a number within the limits, and nothing of one that is off", () => {
  const wrong = ["", " ", "0", "-1", "many", "36501", "1e9"];
  for (const text of wrong) {
    assert.ok(limitProblem("events_days", { isOn: true, text }), text);
    assert.equal(limitProblem("events_days", { isOn: false, text }), undefined);
  }
  for (const text of ["1", "0.5", "36500"]) {
    assert.equal(limitProblem("events_days", { isOn: true, text }), undefined, text);
  }
  const draft = retentionDraftOf(DEFAULT_RETENTION);
  assert.equal(
    retentionOfDraft({ ...draft, loop_days: { isOn: true, text: "x" } }),
    undefined,
  );
});

Deno.test("tightenedLimits() names what lets something go sooner, and never what is kept longer", () => {
  fc.assert(fc.property(retention, retention, (before, after) => {
    const tightened = tightenedLimits(before, after);
    const loosened = tightenedLimits(after, before);
    assert.deepEqual(
      [...tightened, ...loosened].toSorted(),
      changedLimits(before, after).toSorted(),
    );
    assert.deepEqual(tightenedLimits(before, before), []);
  }));
  const forever = { ...DEFAULT_RETENTION, screenshots_days: null };
  assert.deepEqual(tightenedLimits(forever, DEFAULT_RETENTION), ["screenshots_days"]);
});

Deno.test("limitWords() says a limit, and that there is none", () => {
  assert.equal(limitWords("events_days", null), "For ever");
  assert.equal(limitWords("screenshots_mb", null), "Without limit");
  assert.equal(limitWords("loop_days", 1), "1 day");
  assert.equal(limitWords("screenshots_mb", 500), "500 MB");
});
