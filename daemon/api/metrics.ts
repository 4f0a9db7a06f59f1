import * as z from "zod";
import { emptyTotals } from "../core/totals.ts";
import { VERSION } from "../core/version.ts";
import type { ApiDeps } from "./deps.ts";
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
        return await prometheusText(values);
      },
    }),
  ];
}

type Values = ReturnType<typeof measure>;

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
  };
}

/** prom-client is loaded on the first scrape; its default metrics stay off, as they read /proc. */
async function prometheusText(values: Values): Promise<Response> {
  const { Counter, Gauge, Registry } = await import("prom-client");
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name: `prodtracker_${name}`, help, registers }).set(value);
  const counter = (name: string, help: string, value: number) =>
    new Counter({ name: `prodtracker_${name}`, help, registers }).inc(value);
  new Gauge({
    name: "prodtracker_build_info",
    help: "Always 1; the version is in the label",
    labelNames: ["version"],
    registers,
  }).set({ version: values.version }, 1);
  gauge("uptime_seconds", "Time since the daemon started", values.uptime_seconds);
  gauge("resident_memory_bytes", "Resident memory of the process", values.resident_memory_bytes);
  gauge("degraded", "1 when a part of the daemon is degraded", values.degraded ? 1 : 0);
  gauge("stream_clients", "Open live streams", values.stream_clients);
  counter("commits_total", "Transactions committed since the start", values.commits);
  counter(
    "failed_commits_total",
    "Transactions that failed since the start",
    values.failed_commits,
  );
  const times = new Gauge({
    name: "prodtracker_today_seconds",
    help: "Today's time by class",
    labelNames: ["class"],
    registers,
  });
  for (const cls of ["signal", "noise", "neutral", "afk"] as const) {
    times.set({ class: cls }, values.today[`${cls}_seconds`]);
  }
  if (values.today.signal_share !== null) {
    gauge(
      "today_signal_share",
      "Signal's share of signal and noise today",
      values.today.signal_share,
    );
  }
  return new Response(await registry.metrics(), {
    headers: { "Content-Type": registry.contentType },
  });
}
