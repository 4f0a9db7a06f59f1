import assert from "node:assert/strict";
import { formatClock } from "../format.ts";
import { momentWords, spanWords, timeOfDayWords } from "./times.ts";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 0, day, hour, minute);
const now = at(14, 12).getTime();
const clock = (date: Date) => formatClock(date.toISOString());

Deno.test("momentWords() names the day only where it is another", () => {
  assert.equal(momentWords(at(14, 9).toISOString(), now), clock(at(14, 9)));
  assert.equal(momentWords(at(14, 23, 59).toISOString(), now), clock(at(14, 23, 59)));
  assert.equal(momentWords(at(15, 0).toISOString(), now), `tomorrow ${clock(at(15, 0))}`);
  assert.equal(momentWords(at(13, 23).toISOString(), now), `yesterday ${clock(at(13, 23))}`);
  assert.match(momentWords(at(21, 9).toISOString(), now), /Wed.*21.*Jan|Wed.*Jan.*21/);
  assert.match(momentWords(new Date(2024, 5, 1, 9).toISOString(), now), /2024/);
});

Deno.test("spanWords() says the second day only where it is another", () => {
  const span = { start: at(14, 9).toISOString(), end: at(14, 12, 30).toISOString() };
  assert.equal(spanWords(span, now), `${clock(at(14, 9))} to ${clock(at(14, 12, 30))}`);
  const night = { start: at(14, 22, 30).toISOString(), end: at(15, 6).toISOString() };
  assert.equal(spanWords(night, now), `${clock(at(14, 22, 30))} to tomorrow ${clock(at(15, 6))}`);
});

Deno.test("timeOfDayWords() is the time a schedule says", () => {
  for (const time of ["00:00", "09:05", "23:59"]) {
    const [hour, minute] = time.split(":").map(Number);
    assert.equal(timeOfDayWords(time), clock(at(1, hour, minute)));
  }
});
