import { join } from "node:path";
import type { Config } from "../config/load.ts";
import type { PartHealth } from "../core/health.ts";
import { readIfThere } from "../os/files.ts";
import type { ServiceNote } from "../os/ownership.ts";
import type { Check } from "./check.ts";

const REPLY_MS = 5_000;

export interface Health {
  readonly version: string;
  readonly uptime_seconds: number;
  readonly parts: readonly PartHealth[];
}

/** What a running service says of itself; `undefined` when it does not answer. */
export async function askHealth(
  { url }: ServiceNote,
  { dataDir, adminToken }: Config,
): Promise<Health | undefined> {
  const { hostname, port } = new URL(url);
  // Straight to it: HTTP_PROXY, where it is set, knows no daemon of ours, and must not see the token.
  using client = Deno.createHttpClient({
    proxy: {
      transport: "tcp",
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || 80,
    },
  });
  const token = adminToken ?? readIfThere(join(dataDir, "admin_token"))?.trim();
  try {
    const response = await fetch(`${url}/health`, {
      client,
      headers: token === undefined ? {} : { "X-Admin-Token": token },
      redirect: "error",
      signal: AbortSignal.timeout(REPLY_MS),
    });
    return response.ok ? await response.json() as Health : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a service has the data directory, answers, and is well. */
export function checkService(running: ServiceNote | undefined, health: Health | undefined): Check {
  const name = "service";
  if (!running) return { name, status: "off", detail: "not running; prodtracker serve starts it" };
  const where = `${running.service} (process ${running.pid}) at ${running.url}`;
  if (!health) {
    const remedy = `end process ${running.pid} and start prodtracker serve again`;
    return { name, status: "fail", detail: `${where} does not answer`, remedy };
  }
  const bad = health.parts.find(({ status }) => status === "degraded");
  if (bad) {
    return { name, status: "fail", detail: `${where}: ${bad.name} is degraded: ${bad.detail}` };
  }
  return { name, status: "ok", detail: `${where}, version ${health.version}` };
}

/** Whether the port is free, or ours already. */
export function checkPort({ host, port }: Config, running: ServiceNote | undefined): Check {
  const name = "port";
  const where = `${host}:${port}`;
  if (port === 0) return { name, status: "ok", detail: `${host}, any free port` };
  if (running && Number(new URL(running.url).port || 80) === port) {
    return { name, status: "ok", detail: `${where} is ours: ${running.service} listens there` };
  }
  try {
    Deno.listen({ hostname: host.replace(/^\[|\]$/g, ""), port }).close();
    return { name, status: "ok", detail: `${where} is free` };
  } catch (error) {
    const taken = error instanceof Deno.errors.AddrInUse;
    return {
      name,
      // The one that runs got its port by a flag; the next start may fail.
      status: running ? "warn" : "fail",
      detail: taken ? `another program has ${where}` : `${where}: ${(error as Error).message}`,
      remedy: taken ? "name a free one with PRODTRACKER_PORT" : "correct PRODTRACKER_HOST",
    };
  }
}
