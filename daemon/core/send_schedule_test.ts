import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays, daySpan, localToUtcMs } from "./day.ts";
import {
  afterClockChange,
  dateToSend,
  dueTime,
  keepSchedules,
  type KeptSchedule,
  type Occurrences,
  type SendSchedule,
  settled,
} from "./send_schedule.ts";
import { zoneOf } from "./testing.ts";

const HOUR = 3_600_000, DAY = 24 * HOUR;
const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];

/** Every day at a time: "21:00" in place of a pattern. */
function dailyIn(zoneName: string): Occurrences {
  const zone = zoneOf(zoneName);
  const around = (cron: string, ms: number) => {
    const [hours, minutes] = cron.split(":").map(Number);
    const today = new Date(ms + zone(ms)).toISOString().slice(0, 10);
    return [-2, -1, 0, 1, 2].map((days) =>
      localToUtcMs(
        zone,
        Date.parse(`${addDays(today, days)}T00:00Z`) + hours * HOUR + minutes * 60_000,
      )
    );
  };
  return {
    latest: (cron, atMs) => around(cron, atMs).findLast((ms) => ms <= atMs),
    next: (cron, afterMs) => around(cron, afterMs).find((ms) => ms > afterMs),
  };
}

const daily: SendSchedule = {
  ...{ period: "day", of: "current", cron: "21:00", channels: ["email"] },
};
const at = (text: string) => Date.parse(`${text}:00Z`);

/** A machine with one schedule that looks at its clock when told; says what it sent. */
class Machine {
  readonly sent: string[] = [];
  kept: KeptSchedule;

  constructor(nowMs: number, private readonly occurrences = dailyIn("UTC"), schedule = daily) {
    [this.kept] = keepSchedules([schedule], [], { nowMs, occurrences });
  }

  look(nowMs: number): this {
    this.kept = afterClockChange(this.kept, nowMs);
    const dueMs = dueTime(this.kept, nowMs, this.occurrences);
    if (dueMs === undefined) return this;
    this.sent.push(new Date(dueMs).toISOString().slice(0, 16));
    this.kept = settled(this.kept, dueMs);
    return this;
  }
}

const LOOKS: Record<string, { begin: string; looks: string[]; sent: string[] }> = {
  "not before its time, then once": {
    begin: "2026-01-10T12:00",
    looks: ["2026-01-10T20:59", "2026-01-10T21:00", "2026-01-10T21:00", "2026-01-10T23:59"],
    sent: ["2026-01-10T21:00"],
  },
  "not for a time before it was set": {
    begin: "2026-01-10T22:00",
    looks: ["2026-01-10T22:00", "2026-01-11T20:59", "2026-01-11T21:30"],
    sent: ["2026-01-11T21:00"],
  },
  "once after sleep over several times, for the latest": {
    begin: "2026-01-10T12:00",
    looks: ["2026-01-13T08:00", "2026-01-13T08:01", "2026-01-13T21:00"],
    sent: ["2026-01-12T21:00", "2026-01-13T21:00"],
  },
  "when it was set in the clock's future": {
    begin: "2030-01-01T12:00",
    looks: ["2026-01-10T20:00", "2026-01-10T21:00", "2026-01-11T21:00"],
    sent: ["2026-01-10T21:00", "2026-01-11T21:00"],
  },
  "not again when the clock is set back over it": {
    begin: "2026-01-10T12:00",
    looks: ["2026-01-10T21:00", "2026-01-10T19:00", "2026-01-10T21:00", "2026-01-11T21:00"],
    sent: ["2026-01-10T21:00", "2026-01-11T21:00"],
  },
  "a day ahead by mistake, then each day once": {
    begin: "2026-01-10T12:00",
    looks: [
      ...["2026-01-11T21:00", "2026-01-10T20:00", "2026-01-10T21:00", "2026-01-11T21:00"],
      "2026-01-12T21:00",
    ],
    sent: ["2026-01-11T21:00", "2026-01-10T21:00", "2026-01-12T21:00"],
  },
  "a start without a clock of its own, before the network sets it": {
    begin: "2026-01-10T12:00",
    looks: ["2026-01-10T21:00", "1970-01-01T00:00", "2026-01-10T21:05", "2026-01-11T21:05"],
    sent: ["2026-01-10T21:00", "2026-01-11T21:00"],
  },
  "nothing that was passed over, when the clock is set back to it": {
    begin: "2026-01-10T12:00",
    looks: ["2026-01-13T08:00", "2026-01-12T12:00", "2026-01-13T08:01"],
    sent: ["2026-01-12T21:00"],
  },
  "nothing from before it was set, after a start without a clock": {
    begin: "2026-01-10T22:00",
    looks: ["1970-01-01T00:00", "2026-01-10T22:05", "2026-01-11T21:05"],
    sent: ["2026-01-11T21:00"],
  },
};

for (const [name, { begin, looks, sent }] of Object.entries(LOOKS)) {
  Deno.test(`a schedule sends ${name}`, () => {
    const machine = new Machine(at(begin));
    for (const look of looks) machine.look(at(look));
    assert.deepEqual(machine.sent, sent);
  });
}

Deno.test("dueTime() makes up for less than seven days", () => {
  const weekly: Occurrences = { latest: () => at("2026-01-10T21:00"), next: () => undefined };
  const kept = { ...daily, sinceMs: at("2026-01-09T00:00"), doneMs: [] };
  const due = at("2026-01-10T21:00");
  assert.equal(dueTime(kept, due + 7 * DAY - 1, weekly), due);
  assert.equal(dueTime(kept, due + 7 * DAY, weekly), undefined);
});

Deno.test("keepSchedules() leaves those that stay where they were, whatever their order", () => {
  const occurrences = dailyIn("UTC");
  const other: SendSchedule = { ...daily, period: "week", channels: ["sms", "email"] };
  const [first, second] = keepSchedules([daily, other], [], {
    nowMs: at("2026-01-10T12:00"),
    occurrences,
  });
  const later = { nowMs: at("2026-01-12T12:00"), occurrences };
  const done = settled(second, at("2026-01-11T21:00"));
  assert.deepEqual(
    keepSchedules([{ ...other, channels: ["email", "sms"] }, daily], [first, done], later),
    [{ ...done, channels: ["email", "sms"] }, first],
  );
  const [changed] = keepSchedules([{ ...daily, of: "previous" }], [first], later);
  assert.equal(changed.sinceMs, later.nowMs);
});

const DATES: [SendSchedule["period"], SendSchedule["of"], string, number, string][] = [
  ["day", "current", "2026-01-10T21:00", 0, "2026-01-10"],
  ["day", "previous", "2026-01-10T08:00", 0, "2026-01-09"],
  ["day", "current", "2026-01-10T03:00", 240, "2026-01-09"],
  ["day", "previous", "2026-01-10T03:00", 240, "2026-01-08"],
  ["week", "current", "2026-01-11T18:00", 0, "2026-01-11"],
  ["week", "previous", "2026-01-12T08:00", 0, "2026-01-11"],
  ["month", "current", "2026-01-31T18:00", 0, "2026-01-31"],
  ["month", "previous", "2026-03-31T18:00", 0, "2026-02-28"],
];

Deno.test("dateToSend() is a date in the period itself, or in the one before", () => {
  for (const [period, of, moment, dayStartMin, date] of DATES) {
    const schedule = { ...daily, period, of };
    const calendar = { zone: zoneOf("UTC"), dayStartMin };
    assert.equal(dateToSend(schedule, at(moment), calendar), date, `${period} ${of} ${moment}`);
  }
});

/** How a machine's clock goes on: time goes by, it sleeps, or somebody sets it. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ pass: fc.integer({ min: 30_000, max: 5 * HOUR }) }) },
  { weight: 1, arbitrary: fc.record({ pass: fc.integer({ min: DAY, max: 12 * DAY }) }) },
  { weight: 2, arbitrary: fc.record({ set: fc.integer({ min: -3 * DAY, max: 3 * DAY }) }) },
);

Deno.test("whatever the clock does, no time is sent for twice, and none before it has come", () => {
  const times = fc.constantFrom(
    "00:00",
    "00:30",
    "01:59",
    "02:00",
    "02:30",
    "03:00",
    "21:00",
    "23:59",
  );
  const begin = fc.integer({ min: at("2026-01-01T00:00"), max: at("2026-12-31T00:00") });
  fc.assert(
    fc.property(
      ...[fc.constantFrom(...ZONES), times, begin, fc.array(step, { maxLength: 60 })] as const,
      (zone, cron, beginMs, steps) => {
        const machine = new Machine(beginMs, dailyIn(zone), { ...daily, cron });
        let nowMs = beginMs;
        for (const each of steps) {
          nowMs += "pass" in each ? each.pass : each.set;
          const before = machine.sent.length;
          machine.look(nowMs);
          const [sent] = machine.sent.slice(before);
          if (sent !== undefined) assert.ok(at(sent) <= nowMs && nowMs - at(sent) < 7 * DAY);
        }
        assert.equal(new Set(machine.sent).size, machine.sent.length);
      },
    ),
  );
});

Deno.test("by a clock that only goes on, each day is sent once, on the days of clock changes too", () => {
  const times = fc.constantFrom("00:00", "01:30", "02:00", "02:15", "02:30", "03:00", "21:00");
  const zones = fc.constantFrom(...ZONES);
  // Around both clock changes of each zone.
  const begin = fc.constantFrom(
    "2026-03-05",
    "2026-03-26",
    "2026-10-01",
    "2026-10-22",
    "2026-03-30",
  );
  const lookMs = fc.integer({ min: 5 * 60_000, max: 90 * 60_000 });
  fc.assert(
    fc.property(zones, times, begin, lookMs, (zoneName, cron, from, everyMs) => {
      const zone = zoneOf(zoneName);
      const { startMs } = daySpan(from, zone, 0);
      const occurrences = dailyIn(zoneName);
      const machine = new Machine(startMs - 1, occurrences, { ...daily, cron });
      const { startMs: endMs } = daySpan(addDays(from, 8), zone, 0);
      for (let nowMs = startMs; nowMs < endMs; nowMs += everyMs) machine.look(nowMs);
      machine.look(endMs - 1);
      const dates = machine.sent.map((sent) =>
        dateToSend(daily, at(sent), { zone, dayStartMin: 0 })
      );
      assert.deepEqual(dates, Array.from({ length: 8 }, (_, days) => addDays(from, days)));
    }),
  );
});
