/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { totalsOf } from "../../daemon/core/focus.ts";
import { NOBODY, observe, type Sight } from "../../vision/testing.ts";
import type { Report, SeenReport } from "./messages.ts";
import { STUDY_LEAD_MS, STUDY_MS, Watcher } from "./watcher.ts";

const T0 = Date.UTC(2026, 0, 14, 9, 0);
const SIZE = { widthPx: 640, heightPx: 480 };
const AWAY: Sight = { yawDeg: 40 };

/** A watcher that is shown something ten times a second, and ticks twice a second. */
class Bench {
  readonly reports: Report[] = [];
  readonly watcher = new Watcher((report) => this.reports.push(report));
  atMs = T0;

  show(sight: Sight, seconds: number): void {
    for (let i = 0; i < seconds * 10; i++) {
      this.atMs += 100;
      this.watcher.see(observe(sight, this.atMs), SIZE);
      if (i % 5 === 0) this.watcher.tick(this.atMs + 20);
    }
  }

  /** The camera gives nothing. */
  wait(seconds: number): void {
    for (let i = 0; i < seconds * 2; i++) this.watcher.tick(this.atMs += 500);
  }

  get seen(): SeenReport[] {
    return this.reports.filter((report) => report.kind === "seen");
  }

  get totals() {
    return totalsOf(this.seen.flatMap(({ spans }) => spans));
  }

  studied(what: string) {
    const found = this.reports.find((report) => report.kind === "studied");
    assert.equal(found?.what, what);
    return found;
  }
}

Deno.test("Watcher tells nothing before it counts and after it rests", () => {
  const bench = new Bench();
  bench.show({}, 1);
  bench.wait(3);
  bench.watcher.count(bench.atMs, {});
  bench.show({}, 1);
  bench.watcher.rest();
  const count = bench.reports.length;
  bench.show({}, 1);
  bench.wait(3);
  assert.deepEqual([count, bench.reports.length], [10, 10]);
});

Deno.test("Watcher's spans add up to the time from its first picture to its last", () => {
  const bench = new Bench();
  bench.watcher.count(bench.atMs, {});
  bench.show({}, 10);
  bench.show(AWAY, 10);
  bench.show(NOBODY, 5);
  const { totalMs, focusedMs, unfocusedMs, noFaceMs } = bench.totals;
  assert.equal(totalMs, 25_000 - 100);
  assert.ok(focusedMs > 11_000 && unfocusedMs > 6_000 && noFaceMs > 3_000);
});

Deno.test("Watcher says that there is no picture after a second without one, and goes on from there", () => {
  const bench = new Bench();
  bench.watcher.count(bench.atMs, {});
  bench.show({}, 5);
  bench.wait(10);
  const last = bench.seen.at(-1)!;
  assert.deepEqual([last.attention.state, last.attention.reason], ["uncertain", "bad frame"]);
  assert.equal(last.pictures, 50);
  bench.show({}, 5);
  assert.equal(bench.seen.at(-1)!.attention.state, "focused");
  assert.equal(bench.totals.breaks, 0);
  assert.ok(bench.totals.uncertainMs >= 8_000, `${bench.totals.uncertainMs}`);
});

Deno.test("Watcher counts the time since a page was loaded again as uncertain", () => {
  const bench = new Bench();
  bench.watcher.count(T0 + 7_000, {}, { atMs: T0, state: "uncertain" });
  bench.atMs = T0 + 7_000;
  bench.show({}, 3);
  const [first] = bench.seen;
  assert.deepEqual(first.spans, [{ startMs: T0, endMs: T0 + 7_100, state: "uncertain" }]);
  assert.equal(bench.totals.totalMs, 10_000);
});

Deno.test("Watcher learns another screen, and takes looking there for looking at it", () => {
  const bench = new Bench();
  bench.watcher.count(bench.atMs, {});
  bench.show({}, 3);
  bench.watcher.study("zone", bench.atMs);
  bench.show(AWAY, (STUDY_LEAD_MS + STUDY_MS) / 1_000 + 1);
  const { zone } = bench.studied("zone");
  assert.ok(zone && zone.yawFromDeg < 40 && zone.yawToDeg > 40);
  bench.watcher.judge({ zones: [zone] });
  bench.show(AWAY, 3);
  assert.equal(bench.seen.at(-1)!.attention.state, "focused");
});

Deno.test("Watcher learns how the screen is looked at, or says that it could not", () => {
  const bench = new Bench();
  bench.watcher.count(bench.atMs, {});
  bench.watcher.study("screen", bench.atMs);
  bench.show({ yawDeg: 12, pitchDeg: -8 }, (STUDY_LEAD_MS + STUDY_MS) / 1_000 + 1);
  const { calibration } = bench.studied("screen");
  assert.equal(Math.round(calibration?.neutralYawDeg ?? 0), 12);
  assert.equal(Math.round(calibration?.neutralPitchDeg ?? 0), -8);

  const empty = new Bench();
  empty.watcher.count(empty.atMs, {});
  empty.watcher.study("screen", empty.atMs);
  empty.show(NOBODY, (STUDY_LEAD_MS + STUDY_MS) / 1_000 + 1);
  assert.equal(empty.studied("screen").calibration, undefined);
});

Deno.test("Watcher gives the face's box as shares of the picture, and no picture none", () => {
  const bench = new Bench();
  bench.watcher.count(bench.atMs, {});
  bench.show({}, 0.1);
  assert.deepEqual(bench.seen[0].box, { x: 0.3125, y: 0.25, width: 0.3125, height: 220 / 480 });
  bench.wait(2);
  assert.equal(bench.seen.at(-1)!.box, undefined);
});
