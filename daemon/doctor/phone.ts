import type { Config } from "../config/load.ts";
import { DEFAULTS } from "../config/defaults.ts";
import type { PartStatus } from "../core/health.ts";
import { readTls } from "../lan.ts";
import type { ServiceNote } from "../os/ownership.ts";
import { openLiveState } from "../phone/live.ts";
import type { Check } from "./check.ts";

/** Whether phones on the local network could reach this computer. */
export function checkPhone(config: Config, running: ServiceNote | undefined): Check {
  const name = "phone";
  const { pcIp, settings } = config;
  if (pcIp === undefined) {
    const remedy = "to pair a phone, set PC_IP to this computer's address on the local network";
    return { name, status: "off", detail: "PC_IP is not set", remedy };
  }
  let tls;
  try {
    tls = readTls(config);
  } catch (error) {
    return { name, status: "fail", detail: (error as Error).message };
  }
  const port = settings.PRODTRACKER_LAN_PORT ?? DEFAULTS.lanPort;
  const where = `${pcIp}:${port}${tls ? ", by TLS" : ", without TLS"}`;
  try {
    Deno.listen({ hostname: pcIp.replace(/^\[|\]$/g, ""), port }).close();
    return { name, status: "ok", detail: `${where}; serve --lan listens there` };
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) {
      const remedy = "set PC_IP to an address that this computer has";
      return { name, status: "fail", detail: `${where}: ${(error as Error).message}`, remedy };
    }
    if (running) return { name, status: "ok", detail: `something listens at ${where}` };
    const remedy = "name a free port with PRODTRACKER_LAN_PORT";
    return { name, status: "warn", detail: `another program has ${where}`, remedy };
  }
}

/** Whether Redis, where it is configured, takes us. */
export async function checkLiveState({ settings }: Config): Promise<Check> {
  const name = "live state";
  let found: { readonly status: PartStatus; readonly detail: string } | undefined;
  const live = await openLiveState({
    settings,
    defaults: DEFAULTS,
    rate: { perMinute: DEFAULTS.phoneRatePerMinute, burst: 1 },
    report: (status, detail) => found ??= { status, detail },
    restore: () => [],
  });
  await live.close();
  if (!found) return { name, status: "fail", detail: "Redis did not answer" };
  const { status, detail } = found;
  if (status === "ok") return { name, status, detail };
  const remedy = "check REDIS_URL or REDIS_HOST, REDIS_PORT and REDIS_PASSWORD";
  return { name, status: "fail", detail, remedy };
}
