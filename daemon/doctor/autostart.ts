import { serviceState } from "../autostart/mod.ts";
import type { Config } from "../config/load.ts";
import type { Env } from "../config/paths.ts";
import type { Check } from "./check.ts";

/** Whether the daemon starts with the login. */
export async function checkAutostart({ dataDir }: Config, env: Env): Promise<Check> {
  const name = "start at login";
  const state = await serviceState({ env, dataDir });
  const { manager = "the system", installed, unsupported, failure, enabled, path } = state;
  if (!installed) {
    if (unsupported !== undefined) return { name, status: "off", ...inParts(unsupported) };
    const remedy = "prodtracker service install";
    return { name, status: "off", detail: `not installed (${manager})`, remedy };
  }
  const where = `${manager}${path === undefined ? "" : `, ${path}`}`;
  if (failure !== undefined) {
    const remedy = "prodtracker service logs says why";
    return { name, status: "fail", detail: `${where}: it failed: ${failure}`, remedy };
  }
  if (enabled === false) {
    const remedy = "prodtracker service install";
    return { name, status: "warn", detail: `${where}: installed, but switched off`, remedy };
  }
  return { name, status: "ok", detail: where };
}

/** "…; let the desktop start it: …": what to do is said last. */
function inParts(text: string): Pick<Check, "detail" | "remedy"> {
  const at = text.lastIndexOf("; ");
  return at < 0 ? { detail: text } : { detail: text.slice(0, at), remedy: text.slice(at + 2) };
}
