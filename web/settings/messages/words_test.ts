/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { hindranceWords, patternWords, scheduleWords, topicWords } from "./words.ts";

Deno.test("topicWords() names periods and sessions, and keeps what it does not know", () => {
  assert.match(topicWords("day 2026-01-31"), /^Day, .*31/);
  assert.match(topicWords("week 2026-01-26"), /^Week from .*26/);
  assert.match(topicWords("month 2026-01-01"), /2026/);
  assert.equal(topicWords("focus 17"), "Focus session 17");
  assert.match(topicWords("range 2026-01-10T00:00:00.000Z 2026-01-12T00:00:00.000Z"), /1[02]/);
  for (const odd of ["", "day", "day tomorrow", "range x y", "focus <b>"]) {
    assert.equal(topicWords(odd), odd);
  }
});

Deno.test("patternWords() is a sentence where there is one", () => {
  const cases: [string, RegExp | undefined][] = [
    ["0 21 * * *", /^every day at 21:00$/],
    ["5 7 * * 1,5", /^Mon.* Fri at 07:05$/],
    ["5 7 * * 1-5", /^Mon to Fri at 07:05$/],
    ["0 20 L * *", /^on the last day of the month at 20:00$/],
    ["30 8 1 * *", /^on the first day of the month at 08:30$/],
    ["*/5 * * * *", undefined],
  ];
  for (const [cron, words] of cases) {
    if (words === undefined) assert.equal(patternWords(cron), undefined);
    else assert.match(patternWords(cron) ?? "", words);
  }
});

Deno.test("scheduleWords() says of what and by which ways", () => {
  const cron = "0 8 * * 1";
  const both = scheduleWords({ period: "week", of: "previous", cron, channels: ["email", "sms"] });
  assert.match(both, /^The week before, by mail (and|&|,)? ?SMS$/);
  const day = scheduleWords({ period: "day", of: "current", cron, channels: ["sms"] });
  assert.equal(day, "The day, by SMS");
});

Deno.test("hindranceWords() leaves out the page on the disk", () => {
  const said = "Cannot send SMS: FOCUS_SMS_TO is not set; see docs/sms_setup.md";
  assert.equal(hindranceWords(said), "Cannot send SMS: FOCUS_SMS_TO is not set");
});
