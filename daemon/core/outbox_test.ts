import assert from "node:assert/strict";
import fc from "fast-check";
import type { Channel, MessageState, SendResult } from "./messages.ts";
import {
  afterCrash,
  afterTry,
  dueInMs,
  isDropped,
  type MessageTurn,
  TOLD_ANEW,
  withoutAddresses,
} from "./outbox.ts";

const MIN = 60_000, HOUR = 60 * MIN;
const NOW = Date.UTC(2026, 0, 31, 21);
const later: SendResult = { kind: "later", reason: "451" };
const unknown: SendResult = { kind: "unknown", reason: "cut" };
const inMs = (waitMs: number, error = "451") => ({ state: "waiting", nextMs: NOW + waitMs, error });

/** What a message of this age is in after a try or, without a result, a crash. */
const CASES: readonly [
  claim: string,
  message: { channel: Channel; tries: number; ageMs?: number },
  result: SendResult | undefined,
  turn: unknown,
][] = [
  ["what was taken is sent", { channel: "email", tries: 1 }, { kind: "sent", answer: "250" }, {
    state: "sent",
  }],
  ["what was refused has failed", { channel: "sms", tries: 1 }, {
    kind: "failed",
    reason: "21211",
  }, { state: "failed", error: "21211" }],
  ["a minute after the first try", { channel: "email", tries: 1 }, later, inMs(MIN)],
  ["5 after the second", { channel: "email", tries: 2 }, later, inMs(5 * MIN)],
  ["15 after the third", { channel: "sms", tries: 3 }, later, inMs(15 * MIN)],
  ["60 after the fourth", { channel: "sms", tries: 4 }, later, inMs(HOUR)],
  ["2 h after the fifth", { channel: "sms", tries: 5 }, later, inMs(2 * HOUR)],
  ["2 h ever after", { channel: "sms", tries: 20, ageMs: 40 * HOUR }, later, inMs(2 * HOUR)],
  ["a service may ask for more time", { channel: "sms", tries: 1 }, {
    ...later,
    retryAfterMs: 6 * HOUR,
  }, inMs(6 * HOUR)],
  ["but not for less", { channel: "sms", tries: 2 }, { ...later, retryAfterMs: 5 }, inMs(5 * MIN)],
  ["nor for more than a day", { channel: "sms", tries: 1 }, { ...later, retryAfterMs: 1e15 }, {
    ...inMs(24 * HOUR),
  }],
  ["nor for nonsense", { channel: "sms", tries: 1 }, { ...later, retryAfterMs: NaN }, inMs(MIN)],
  ["a mail that may have arrived is sent again", { channel: "email", tries: 1 }, unknown, {
    ...inMs(MIN, "cut"),
  }],
  ["an SMS that may have arrived is not", { channel: "sms", tries: 1 }, unknown, {
    state: "unknown",
    error: "cut",
  }],
  ["after two days it is given up", { channel: "email", tries: 27, ageMs: 48 * HOUR }, later, {
    state: "failed",
    error: "Given up after 27 tries: 451",
  }],
  ["two days of sleep are no reason to", { channel: "email", tries: 2, ageMs: 90 * HOUR }, later, {
    ...inMs(5 * MIN),
  }],
  ["a clock that was set back is none", { channel: "email", tries: 40, ageMs: -HOUR }, later, {
    ...inMs(2 * HOUR),
  }],
  ["a crash inside of a mail: at once", { channel: "email", tries: 1 }, undefined, {
    ...inMs(0, "The program ended while it was being sent"),
  }],
  ["of a mail that ends the program each time: later", { channel: "email", tries: 2 }, undefined, {
    ...inMs(5 * MIN, "The program ended while it was being sent"),
  }],
  ["a crash inside of an SMS: nobody knows", { channel: "sms", tries: 1 }, undefined, {
    state: "unknown",
    error: "The program ended while it was being sent; it may have arrived, and is not sent again",
  }],
];

for (const [claim, { ageMs = 0, ...message }, result, turn] of CASES) {
  Deno.test(`${result ? "afterTry" : "afterCrash"}(): ${claim}`, () => {
    const tried = { ...message, createdMs: NOW - ageMs };
    assert.deepEqual(result ? afterTry(tried, result, NOW) : afterCrash(tried, NOW), turn);
  });
}

for (
  const [claim, changedMs, nextMs, expected] of [
    ["now", NOW, NOW, 0],
    ["in a minute", NOW, NOW + MIN, MIN],
    ["overdue after a sleep", NOW - 30 * HOUR, NOW - 29 * HOUR, 0],
    ["a service asked for much time", NOW - HOUR, NOW + 20 * HOUR, 20 * HOUR],
    ["the clock was corrected by a moment", NOW + 2_000, NOW + HOUR, HOUR],
    ["the clock was set back by hours", NOW + 3 * HOUR, NOW + 4 * HOUR, 0],
  ] as const
) {
  Deno.test(`dueInMs(): ${claim}`, () =>
    assert.equal(dueInMs({ changedMs, nextMs }, NOW), expected));
}

Deno.test("isDropped() knows what was given up without a failure", () => {
  assert.ok(isDropped({ channel: "sms", error: (TOLD_ANEW as { error: string }).error }));
  assert.ok(!isDropped({ channel: "sms", error: "21211" }));
  assert.ok(!isDropped({ channel: "sms", error: undefined }));
});

Deno.test("withoutAddresses() leaves nobody's address or number in a reason", () => {
  const reason =
    "550 5.1.1 <her.name@mail.test>: no such user; the number +1 555-123-4567 is not verified";
  assert.equal(
    withoutAddresses(reason),
    "550 5.1.1 <(address)>: no such user; the number (number) is not verified",
  );
});

type Happening = SendResult["kind"] | "crash";
const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom<Happening>("sent", "later", "failed", "unknown", "crash"),
    retryAfterMs: fc.option(fc.double({ min: -1e9, max: 1e12 }), { nil: undefined }),
    /** Set by somebody, or the machine slept. */
    clockMs: fc.oneof(fc.constant(0), fc.integer({ min: -100 * HOUR, max: 100 * HOUR })),
  }),
  { maxLength: 80 },
);

/** Lives a message through what happens; counts the tries by which it may have arrived. */
function live(
  channel: Channel,
  happened: typeof happenings extends fc.Arbitrary<infer T> ? T : never,
) {
  let state: MessageState = "waiting", tries = 0, nowMs = NOW, arrivals = 0;
  for (const { kind, retryAfterMs, clockMs } of happened) {
    if (state !== "waiting") break;
    tries++;
    if (kind === "sent" || kind === "unknown" || kind === "crash") arrivals++;
    const tried = { channel, tries, createdMs: NOW };
    const turn: MessageTurn = kind === "crash"
      ? afterCrash(tried, nowMs)
      : afterTry(tried, { kind, reason: "x", retryAfterMs }, nowMs);
    state = turn.state;
    const changedMs = nowMs;
    nowMs += clockMs;
    if (turn.state === "waiting") {
      const waitMs = dueInMs({ changedMs, nextMs: turn.nextMs }, nowMs);
      assert.ok(waitMs >= 0 && waitMs <= 24 * HOUR + MIN, `it waits for ${waitMs} ms`);
      nowMs += waitMs;
      assert.equal(dueInMs({ changedMs, nextMs: turn.nextMs }, nowMs), 0);
    }
  }
  return { state, arrivals, tries, ageMs: nowMs - NOW };
}

Deno.test("an SMS may arrive once at most, whatever happens", () => {
  fc.assert(fc.property(happenings, (happened) => {
    assert.ok(live("sms", happened).arrivals <= 1);
  }));
});

Deno.test("a mail is sent or fails in the end, and is never unknown", () => {
  fc.assert(fc.property(happenings, (happened) => {
    const { state, ageMs } = live("email", happened);
    assert.ok(["sent", "failed", "waiting"].includes(state), state);
    const forever = [
      ...happened,
      ...Array.from({ length: 120 }, () => ({
        kind: "later" as const,
        retryAfterMs: undefined,
        clockMs: 0,
      })),
    ];
    // However far the clock was set back: the time that it lost has to go by again.
    if (ageMs > -100 * HOUR) assert.notEqual(live("email", forever).state, "waiting");
  }));
});

Deno.test("a mail that a server takes at its fifth try or before is sent, whatever the clock does", () => {
  fc.assert(fc.property(happenings, fc.integer({ min: 0, max: 4 }), (happened, takenAt) => {
    const failing = happened.slice(0, takenAt).map((one) => ({ ...one, kind: "later" as const }));
    const taken = { kind: "sent" as const, retryAfterMs: undefined, clockMs: 0 };
    assert.equal(live("email", [...failing, taken]).state, "sent");
  }));
});
