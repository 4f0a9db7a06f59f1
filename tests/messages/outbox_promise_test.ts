/** What the outbox promises, whatever happens in whatever order: counted on a real store. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Channel, SendResult } from "../../daemon/core/messages.ts";
import { HOUR, MAIL, MIN, outboxScene, until } from "./outbox_scene.ts";

type Ending = SendResult["kind"] | "crash before" | "crash after";
type Step =
  | { readonly do: "post"; readonly topic: string; readonly again: boolean }
  | { readonly do: "send"; readonly endings: readonly Ending[] }
  | { readonly do: "restart" }
  | { readonly do: "pass" | "set clock"; readonly ms: number };

const topic = fc.constantFrom("a", "b");
const ending = fc.constantFrom<Ending>(
  ...["sent", "later", "failed", "unknown", "crash before", "crash after"] as const,
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("post"), topic, again: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("send"),
      endings: fc.array(ending, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart") }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("pass"), ms: fc.integer({ min: 0, max: 3 * HOUR }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("set clock"),
      ms: fc.integer({ min: -100 * HOUR, max: 100 * HOUR }),
    }),
  },
) as fc.Arbitrary<Step>;

/** What arrived, or may have: how often which Message-ID, or which SMS. */
interface World {
  readonly arrived: Map<string, number>;
  /** Tellings of a topic with `again`, and the first. */
  readonly asked: Map<string, number>;
}

async function live(channel: Channel, steps: readonly Step[]): Promise<World> {
  await using t = await outboxScene({ mailTo: ["you@mail.test"], graceMs: 1 });
  const arrived = new Map<string, number>(), asked = new Map<string, number>();
  const count = (of: Map<string, number>, key: string) => of.set(key, (of.get(key) ?? 0) + 1);
  const seen = () => channel === "email" ? t.mails : t.texts;
  const keyOfLast = () =>
    channel === "email"
      ? `${t.mails.at(-1)!.text} ${t.mails.at(-1)!.messageId}`
      : `${t.texts.at(-1)!.text}`;
  let serial = 0;
  for (const step of steps) {
    if (step.do === "pass") t.pass(step.ms);
    if (step.do === "set clock") t.machine.setClock(step.ms);
    if (step.do === "restart") {
      await t.outbox.close();
      await t.reopen();
    }
    if (step.do === "post") {
      const { topic, again } = step;
      const before = t.outbox.list(1)[0]?.id ?? 0;
      const text = `${topic}${serial++}`;
      const [row] = await t.outbox.post({
        ...{ topic, again },
        ...(channel === "email" ? { email: { ...MAIL, text } } : { sms: text }),
      });
      // A new row for a topic that nobody asked to be told again has only failed ones before it.
      if (row.id > before && !again) {
        const earlier = t.outbox.list(999).filter((one) =>
          one.topic === topic && one.id !== row.id
        );
        assert.ok(earlier.every(({ state }) => state === "failed"), "told twice");
      }
      if (row.id > before) count(asked, topic);
    }
    if (step.do === "send") {
      let crashed = Promise.withResolvers<void>();
      t.answers[channel] = step.endings.map((kind) => () => {
        if (["sent", "unknown", "crash after"].includes(kind)) count(arrived, keyOfLast());
        if (kind === "crash before" || kind === "crash after") {
          crashed.resolve();
          return new Promise<SendResult>(() => {});
        }
        return Promise.resolve({ kind: kind as SendResult["kind"], reason: "x" });
      });
      await Promise.race([t.outbox.flush([]), crashed.promise]);
      if (t.messages.open("sending").length > 0) {
        await t.reopen();
        crashed = Promise.withResolvers();
      }
      t.answers[channel] = [];
    }
  }
  // The machine goes on for days; everything is taken now.
  t.answers[channel] = Array.from({ length: 200 }, () => () => {
    count(arrived, keyOfLast());
    return Promise.resolve({ kind: "sent" as const });
  });
  for (let i = 0; i < 5; i++) {
    t.pass(25 * HOUR + MIN);
    await t.outbox.flush([]);
  }
  await until(() => t.messages.open("sending").length === 0);
  assert.deepEqual(t.messages.open("waiting"), [], "something waits for ever");
  assert.equal(await t.contents(), 0);
  for (const row of t.outbox.list(999)) {
    if (channel === "email") assert.notEqual(row.state, "unknown");
  }
  assert.ok(seen().length >= arrived.size);
  return { arrived, asked };
}

const steps = fc.array(step, { maxLength: 25 });
const runs = { numRuns: 60 };

Deno.test("an SMS arrives at most once, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (happened) => {
      const { arrived } = await live("sms", happened);
      for (const [text, times] of arrived) assert.equal(times, 1, `${text} arrived ${times} times`);
    }),
    runs,
  );
});

Deno.test("each mail that was not refused arrives, with one Message-ID a telling", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (happened) => {
      const { arrived } = await live("email", happened);
      const texts = [...arrived.keys()].map((key) => key.split(" ")[0]);
      assert.equal(new Set(texts).size, texts.length, "a telling has two Message-IDs");
    }),
    runs,
  );
});
