/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { createFeedReader } from "./feed_reader.ts";
import { day, events } from "./state.ts";
import type { WireDay, WireEvent } from "./wire.ts";

/** A daemon whose answers come in the order that the test wants. */
class SlowDaemon {
  readonly lists: PromiseWithResolvers<WireEvent[]>[] = [];
  readonly days: PromiseWithResolvers<WireDay>[] = [];

  recentEvents = () => this.#later(this.lists);
  today = () => this.#later(this.days);

  #later<T>(waiting: PromiseWithResolvers<T>[]): Promise<T> {
    const answer = Promise.withResolvers<T>();
    waiting.push(answer);
    return answer.promise;
  }
}

const event = (id: number) =>
  ({ id, start: new Date(id * 1000).toISOString(), title: `event ${id}` }) as WireEvent;
const dayOf = (signal_seconds: number) =>
  ({ date: "2026-03-01", from: "2026-03-01T00:00:00.000Z", signal_seconds }) as WireDay;
const ids = () => events.value.map(({ id }) => id);

Deno.test("createFeedReader() keeps what it hears while a list is on its way", async () => {
  events.value = [];
  const daemon = new SlowDaemon();
  const reader = createFeedReader(daemon);
  const reading = reader.readAll();
  reader.take("event", event(3));
  assert.deepEqual(ids(), [3]);
  daemon.lists[0].resolve([event(2), event(1)]);
  daemon.days[0].resolve(dayOf(1));
  await reading;
  assert.deepEqual(ids(), [3, 2, 1]);
});

Deno.test("createFeedReader() lets no list that was asked for earlier take the place of a later one", async () => {
  events.value = [];
  const daemon = new SlowDaemon();
  const reader = createFeedReader(daemon);
  const first = reader.readAll();
  reader.take("event", event(1));
  const second = reader.readAll();
  reader.take("event", event(2));
  daemon.lists[1].resolve([event(1)]);
  daemon.days[1].resolve(dayOf(20));
  await second;
  assert.deepEqual(ids(), [2, 1]);
  daemon.lists[0].resolve([]);
  daemon.days[0].resolve(dayOf(10));
  await first;
  assert.deepEqual(ids(), [2, 1]);
  assert.equal(day.value?.signal_seconds, 20);
});

Deno.test("createFeedReader() shows an earlier list, with all that was heard since, until a later one comes", async () => {
  events.value = [];
  const daemon = new SlowDaemon();
  const reader = createFeedReader(daemon);
  const first = reader.readAll();
  const second = reader.readAll();
  reader.take("event", event(2));
  daemon.lists[0].resolve([event(1)]);
  daemon.days[0].resolve(dayOf(10));
  await first;
  assert.deepEqual(ids(), [2, 1]);
  daemon.lists[1].reject(new TypeError("refused"));
  daemon.days[1].reject(new TypeError("refused"));
  await second;
  assert.deepEqual(ids(), [2, 1]);
});
