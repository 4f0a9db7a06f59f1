import assert from "node:assert/strict";
import { HealthBoard } from "../core/health.ts";
import { Hub } from "../core/hub.ts";
import type { ApiDeps } from "./deps.ts";
import { Guard } from "./guard.ts";
import type { LoopNow } from "./loop.ts";
import { createApp } from "./mod.ts";
import { streamRoutes } from "./stream.ts";

const NOW: LoopNow = { nudge: undefined, snoozedUntilMs: undefined, heldBy: "a block runs" };

function fakeDeps(stopping: AbortSignal) {
  return {
    hub: new Hub(),
    health: new HealthBoard(() => {}),
    clock: { nowMs: () => 0, monoMs: () => 0 },
    zone: () => 0,
    startedMs: 0,
    stopping,
    recorderState: () => ({}),
    tracking: () => true,
    store: { focus: { running: () => undefined } },
    rules: { classify: () => ({ class: "neutral" }) },
    pause: { now: () => ({ startMs: 0, byClock: false }) },
    loop: () => Promise.resolve({ now: () => NOW }),
    guard: new Guard({
      boundHost: "127.0.0.1",
      port: () => 8000,
      requireToken: false,
      tokenConfigured: false,
      isValidToken: () => Promise.resolve(false),
    }),
  } as unknown as ApiDeps;
}

Deno.test("/stream lets go of a client that never reads, and of what waits for it", async () => {
  const stop = new AbortController();
  const deps = fakeDeps(stop.signal);
  const [{ handle }] = streamRoutes(deps);
  const { body } = await handle({} as Parameters<typeof handle>[0]) as Response;
  for (let i = 0; i < 2_000; i++) deps.hub.publish("metrics", { i });
  assert.equal(deps.hub.streams, 0);
  await assert.rejects(body!.getReader().read());
});

Deno.test("/stream asked for with HEAD listens to nothing", async () => {
  const stop = new AbortController();
  const deps = fakeDeps(stop.signal);
  const app = createApp(deps as Parameters<typeof createApp>[0]);
  const request = new Request("http://localhost:8000/stream", {
    method: "HEAD",
    headers: { host: "localhost:8000" },
  });
  const response = await app(request, { hostname: "127.0.0.1" });
  assert.equal(response.status, 200);
  assert.equal(deps.hub.streams, 0);
  stop.abort();
});

Deno.test("/stream tells at once whether recording is paused, what nudges, and what holds it back", async () => {
  const stop = new AbortController();
  const [{ handle }] = streamRoutes(fakeDeps(stop.signal));
  const { body } = await handle({} as Parameters<typeof handle>[0]) as Response;
  let text = "";
  for await (const part of body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (/^event: loop$/m.test(text)) break;
  }
  const [, pause] = /^event: pause\ndata: (.*)$/m.exec(text)!;
  assert.deepEqual(JSON.parse(pause), {
    paused: true,
    paused_since: "1970-01-01T00:00:00.000Z",
    paused_until: null,
  });
  const [, data] = /^event: loop\ndata: (.*)$/m.exec(text)!;
  assert.deepEqual(JSON.parse(data), {
    nudge: null,
    snoozed_until: null,
    held_by: "a block runs",
  });
  stop.abort();
});
