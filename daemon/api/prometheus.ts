/**
 * The metrics as Prometheus reads them.
 *
 * A file of its own, as the bundler gives a CommonJS package its names only where they are imported
 * statically: `await import("prom-client")` has none of them in the executable.
 * @module
 */
import { Counter, Gauge, Registry } from "prom-client";
import { FOCUS_STATES } from "../core/focus_session.ts";
import type { MetricValues } from "./metrics.ts";

/** The metrics as text; prom-client's default ones stay off, as they read /proc. */
export async function prometheusText(values: MetricValues): Promise<Response> {
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
  const focus = new Gauge({
    name: "prodtracker_focus_seconds",
    help: "Today's time in focus sessions by state",
    labelNames: ["state"],
    registers,
  });
  for (const state of FOCUS_STATES) focus.set({ state }, values.focus_today[`${state}_seconds`]);
  gauge("focus_sessions", "Focus sessions that began today", values.focus_today.sessions);
  gauge("focus_running", "1 while a focus session runs", values.focus_running ? 1 : 0);
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
