import assert from "node:assert/strict";
import { Hub } from "./hub.ts";

Deno.test("Hub tells streams everything, and listeners to a name only that", () => {
  const hub = new Hub();
  const heard: unknown[] = [];
  const end = hub.subscribe((name, data) => heard.push(["stream", name, data]));
  const stop = hub.on("state", (data) => heard.push(["state", data]));
  hub.publish("state", 1);
  hub.publish("event", 2);
  assert.deepEqual(heard, [["stream", "state", 1], ["state", 1], ["stream", "event", 2]]);
  assert.equal(hub.streams, 1);
  end();
  stop();
  hub.publish("state", 3);
  assert.equal(heard.length, 3);
});

Deno.test("Hub.hears() knows what nobody listens to", () => {
  const hub = new Hub();
  assert.equal(hub.hears("event"), false);
  const stop = hub.on("health", () => {});
  assert.equal(hub.hears("event"), false);
  assert.equal(hub.hears("health"), true);
  const end = hub.subscribe(() => {});
  assert.equal(hub.hears("event"), true);
  end();
  stop();
  assert.equal(hub.hears("health"), false);
});

Deno.test("Hub drops a listener that throws, and tells the others", () => {
  const hub = new Hub();
  let told = 0;
  hub.subscribe(() => {
    throw new Error("broken");
  });
  hub.on("event", () => {
    throw new Error("broken too");
  });
  hub.on("event", () => told++);
  hub.publish("event", 1);
  hub.publish("event", 2);
  assert.equal(told, 2);
  assert.equal(hub.streams, 0);
});
