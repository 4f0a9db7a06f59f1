import type { ApiDeps } from "./deps.ts";
import { wireBlockStatus } from "./blocker.ts";
import { runningFocus, toWireFocusUpdate } from "./focus_wire.ts";
import { wireHealth } from "./health.ts";
import { toWireLoopNow } from "./loop.ts";
import { toWirePause } from "./pause.ts";
import { route } from "./route.ts";
import { toWireState } from "./wire.ts";

/** How many messages a client that does not read may be behind before it is let go: 2 to 3 KB each. */
const MAX_BEHIND = 200;
const KEEP_ALIVE_MS = 25_000;

export function streamRoutes(deps: ApiDeps) {
  return [route({
    method: "GET",
    path: "/stream",
    access: "free",
    tag: "Live",
    summary:
      "Every live change, as server-sent events: state, event, metrics, health, block, phone, focus, loop, pause, edit, returned, erasure, reclassify",
    replyType: "text/event-stream",
    handle: () =>
      new Response(openStream(deps), {
        headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" },
      }),
  })];
}

function openStream(deps: ApiDeps): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = () => {}, ended = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        if ((controller.desiredSize ?? 0) < -MAX_BEHIND) {
          end();
          // Closing would keep what waits until the client reads it, which it may never do.
          return controller.error(new Error("The client does not read"));
        }
        controller.enqueue(encoder.encode(text));
      };
      const tell = (name: string, data: unknown) =>
        send(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      const unsubscribe = deps.hub.subscribe(tell);
      const keepAlive = setInterval(() => send(": keep-alive\n\n"), KEEP_ALIVE_MS);
      end = () => {
        ended = true;
        clearInterval(keepAlive);
        unsubscribe();
        deps.stopping.removeEventListener("abort", close);
      };
      const close = () => {
        end();
        try {
          controller.close();
        } catch { /* the client closed it first */ }
      };
      deps.stopping.addEventListener("abort", close);
      send("retry: 2000\n\n");
      tell("state", toWireState(deps.recorderState(), deps.tracking(), deps.rules.classify));
      tell("pause", toWirePause(deps.pause.now()));
      tell("health", wireHealth(deps));
      try {
        tell("focus", toWireFocusUpdate(runningFocus(deps)));
      } catch { /* the database cannot be read now; changes are told all the same */ }
      // It takes a look at the hosts file; the stream may be over by then.
      wireBlockStatus(deps).then((status) => !ended && tell("block", status), () => {});
      deps.loop().then((loop) => !ended && tell("loop", toWireLoopNow(loop.now())), () => {});
    },
    cancel() {
      end();
    },
  });
}
