import assert from "node:assert/strict";
import fc from "fast-check";
import { type BlockSchedule, scheduledSpan, turnsAt, WEEKDAYS } from "./block_schedule.ts";
import { addDays, weekdayOf, type Zone } from "./day.ts";

const MIN = 60_000, HOUR = 60 * MIN, DAY = 24 * HOUR;
const utc: Zone = () => 0;

/** A zone that `Intl` knows, to the minute; asked once a quarter of an hour. */
function zoneOf(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const known = new Map<number, number>();
  return (utcMs) => {
    const quarter = Math.floor(utcMs / (15 * MIN));
    let offsetMs = known.get(quarter);
    if (offsetMs === undefined) {
      const parts = format.formatToParts(quarter * 15 * MIN);
      const text = parts.find(({ type }) => type === "timeZoneName")!.value;
      const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(text) ?? ["", "+", "0", "0"];
      offsetMs = (Number(hours) * HOUR + Number(minutes) * MIN) * (sign === "-" ? -1 : 1);
      known.set(quarter, offsetMs);
    }
    return offsetMs;
  };
}

/** Clocks that change by an hour, by half an hour, in the south, at midnight, and not at all. */
const ZONES = [
  ...["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"],
  "Asia/Kolkata",
].map((name) => ({ name, zone: zoneOf(name) }));

const START = Date.UTC(2026, 0, 1), YEAR_DAYS = 365;

function schedule(times: Partial<BlockSchedule>): BlockSchedule {
  const usual = { days: WEEKDAYS, fromMin: 540, toMin: 1_020 };
  return { ...usual, lists: [], domains: [], strict: false, ...times };
}

const times = fc.record({
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  fromMin: fc.nat(1_439),
  toMin: fc.nat(1_439),
});

const dateAt = (localMs: number) => new Date(localMs).toISOString().slice(0, 10);

for (const { name, zone } of ZONES) {
  Deno.test(`${name}: over a year every span begins and ends when the local clock says so`, () => {
    fc.assert(
      fc.property(times, fc.nat(YEAR_DAYS), (each, day) => {
        const date = addDays("2026-01-01", day);
        const span = scheduledSpan(each, date, zone);
        const wanted = each.days.includes(WEEKDAYS[weekdayOf(date) - 1]);
        if (!span) return;
        assert.ok(wanted);
        const lengthMin = (each.toMin - each.fromMin + 1_440 - 1) % 1_440 + 1;
        // A change of the clock is an hour at most.
        assert.ok(Math.abs(span.endMs - span.startMs - lengthMin * MIN) <= HOUR);
        const local = (ms: number) => (ms + zone(ms)) % DAY / MIN;
        for (const [ms, min] of [[span.startMs, each.fromMin], [span.endMs, each.toMin]]) {
          const skipped = zone(ms - 1) !== zone(ms);
          assert.ok(local(ms) === min || skipped, `${date}: ${local(ms)}, not ${min}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  Deno.test(`${name}: turnsAt() says "now" exactly within the spans, and the next begin after now`, () => {
    fc.assert(
      fc.property(times, fc.nat(YEAR_DAYS * 1_440), (each, minute) => {
        const nowMs = START + minute * MIN;
        const { now, next } = turnsAt([schedule(each)], nowMs, zone);
        const spans = Array.from({ length: 12 }, (_, i) => {
          return scheduledSpan(each, addDays(dateAt(nowMs), i - 2), zone);
        }).filter((span) => span !== undefined);
        const holding = spans.filter(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs);
        assert.equal(now !== undefined, holding.length > 0);
        const following = spans.find(({ startMs }) => startMs > nowMs);
        // A span that a clock change leaves nothing of is not there a week ahead.
        if (next || following) assert.equal(next?.startMs, following?.startMs);
      }),
      { numRuns: 300 },
    );
  });
}

Deno.test("a schedule over midnight holds on the next day's morning, but not on the first one's", () => {
  // 2026-01-16 is a Friday.
  const night = [schedule({ days: ["fri"], fromMin: 22 * 60, toMin: 6 * 60 })];
  const holds = (text: string) => turnsAt(night, Date.parse(text), utc).now !== undefined;
  assert.ok(!holds("2026-01-16T05:59Z"));
  assert.ok(!holds("2026-01-16T21:59Z"));
  assert.ok(holds("2026-01-16T22:00Z"));
  assert.ok(holds("2026-01-17T05:59Z"));
  assert.ok(!holds("2026-01-17T06:00Z"));
});

Deno.test("a skipped hour begins when the clock is put forward; nothing is left of one that lies in it", () => {
  const zone = ZONES[0].zone;
  // 2026-03-29 in Berlin: 2:00 becomes 3:00 at 1:00 UTC.
  const span = scheduledSpan(schedule({ fromMin: 150, toMin: 240 }), "2026-03-29", zone);
  assert.equal(new Date(span!.startMs).toISOString(), "2026-03-29T01:00:00.000Z");
  assert.equal(new Date(span!.endMs).toISOString(), "2026-03-29T02:00:00.000Z");
  const inside = schedule({ fromMin: 130, toMin: 150 });
  assert.equal(scheduledSpan(inside, "2026-03-29", zone), undefined);
});

Deno.test("a repeated hour counts once: from its first begin to its first end", () => {
  const zone = ZONES[0].zone;
  // 2026-10-25 in Berlin: 3:00 becomes 2:00 at 1:00 UTC.
  const span = scheduledSpan(schedule({ fromMin: 150, toMin: 170 }), "2026-10-25", zone);
  assert.equal(span!.endMs - span!.startMs, 20 * MIN);
  assert.equal(new Date(span!.startMs).toISOString(), "2026-10-25T00:30:00.000Z");
});

Deno.test("turnsAt() takes, of several that hold, the one that ends last", () => {
  const all = [schedule({ toMin: 600 }), schedule({ toMin: 700 }), schedule({ toMin: 650 })];
  const { now } = turnsAt(all, Date.parse("2026-01-14T09:30Z"), utc);
  assert.deepEqual([now?.index, now?.endMs], [1, Date.parse("2026-01-14T11:40Z")]);
  assert.deepEqual(turnsAt([], 0, utc), { now: undefined, next: undefined });
});
