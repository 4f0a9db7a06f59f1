import * as z from "zod";
import { emptyTotals } from "../core/totals.ts";
import { VERSION } from "../core/version.ts";
import type { ApiDeps } from "./deps.ts";
import { runningFocus, wireFocusTotals } from "./focus_wire.ts";
import { spanOfDate } from "./period.ts";
import { route } from "./route.ts";
import { queryInteger, ratioSchema, timesSchema, toWireTotals } from "./wire.ts";

const snrSchema = () =>
  z.object({
    last_minutes: z.number().int(),
    ...timesSchema().shape,
    ...ratioSchema().shape,
  });

/** Ten years: beyond it a window is a mistake. */
const MAX_MINUTES = 5_256_000;

export function metricsRoutes(deps: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/metrics/snr",
      access: "free",
      tag: "Metrics",
      summary: "Signal against noise over the last minutes",
      query: () => z.object({ last_minutes: queryInteger(1, MAX_MINUTES).default(60) }),
      reply: () => snrSchema(),
      handle: ({ query: { last_minutes } }) => {
        const endMs = deps.clock.nowMs();
        const totals = deps.store.totals({ startMs: endMs - last_minutes * 60_000, endMs });
        return { last_minutes, ...toWireTotals(totals) };
      },
    }),
    route({
      method: "GET",
      path: "/metrics",
      access: "free",
      tag: "Metrics",
      summary: "The same for Prometheus; JSON with Accept: application/json",
      replyType: "text/plain",
      handle: async ({ request }) => {
        const values = measure(deps);
        if (/application\/json/.test(request.headers.get("accept") ?? "")) return values;
        // prom-client is loaded on the first scrape.
        const { prometheusText } = await import("./prometheus.ts");
        return await prometheusText(values);
      },
    }),
  ];
}

export type MetricValues = ReturnType<typeof measure>;

function measure({ store, health, hub, clock, startedMs, residentBytes, ...calendar }: ApiDeps) {
  const { startMs, endMs } = spanOfDate(undefined, { clock, ...calendar });
  const today = { ...emptyTotals(), ...store.totals({ startMs, endMs }) };
  return {
    version: VERSION,
    uptime_seconds: (clock.nowMs() - startedMs) / 1000,
    resident_memory_bytes: residentBytes(),
    degraded: health.status === "degraded",
    commits: store.commits.done,
    failed_commits: store.commits.failed,
    stream_clients: hub.streams,
    today: toWireTotals(today),
    focus_today: wireFocusTotals(store, { startMs, endMs }),
    focus_running: runningFocus({ store, clock }) !== undefined,
  };
}
