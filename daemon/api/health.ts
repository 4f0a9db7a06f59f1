import { VERSION } from "../core/version.ts";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";
import { healthSchema, iso, seconds, type WireHealth } from "./wire.ts";

/** What `/health` says now. */
export function wireHealth(
  { health, clock, zone, startedMs, isDemo = false }: ApiDeps,
): WireHealth {
  const nowMs = clock.nowMs();
  return {
    status: health.status,
    version: VERSION,
    demo: isDemo,
    started_at: iso(startedMs),
    uptime_seconds: seconds(nowMs - startedMs),
    utc_offset_minutes: zone(nowMs) / 60_000,
    parts: health.parts,
  };
}

export function healthRoutes(deps: ApiDeps) {
  return [route({
    method: "GET",
    path: "/health",
    access: "free",
    tag: "Daemon",
    summary: "What runs, what is degraded, and why",
    reply: () => healthSchema(),
    handle: () => wireHealth(deps),
  })];
}
