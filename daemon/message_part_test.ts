import assert from "node:assert/strict";
import { LongTimers, until } from "../tests/messages/outbox_scene.ts";
import type { Config } from "./config/load.ts";
import { HealthBoard } from "./core/health.ts";
import { Hub } from "./core/hub.ts";
import { MessagePart } from "./message_part.ts";
import { systemClock } from "./os/clock.ts";
import { temporaryStore } from "./store/testing.ts";

Deno.test("MessagePart: once the database serves again, mail is ready again, and SMS are still nobody's", async () => {
  await using stored = temporaryStore();
  const { store } = stored;
  const { messages } = store;
  const open = messages.open.bind(messages);
  messages.hasOpen = () => true;
  messages.open = () => {
    throw new Error("the disk is full");
  };
  const settings = {
    ...{ FOCUS_SMTP_HOST: "localhost", FOCUS_SMTP_USERNAME: "me@mail.test" },
    ...{ FOCUS_SMTP_PASSWORD: "secret", FOCUS_EMAIL_TO: ["you@mail.test"] },
  };
  const health = new HealthBoard(() => {});
  const part = new MessagePart({
    ...{ store, clock: systemClock, health, hub: new Hub() },
    config: { settings } as unknown as Config,
  });
  const stop = new AbortController();
  using timers = new LongTimers();
  const running = part.run(stop.signal);
  await until(() => health.status === "degraded" && timers.next !== undefined);
  assert.deepEqual(health.parts, [
    { name: "mail", status: "degraded", detail: "the disk is full" },
  ]);
  messages.open = open;
  timers.ring();
  await until(() => health.status === "ok");
  assert.deepEqual(health.parts, [{ name: "mail", status: "ok", detail: "ready" }]);
  stop.abort();
  await running;
});
