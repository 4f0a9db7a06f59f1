import { liftBlocks } from "../blocker/hosts_file.ts";
import { hostsPath } from "../blocker/machine.ts";
import { isInstalled, setupCommand } from "../blocker/ways.ts";
import type { Check } from "./check.ts";

/** Whether blocking is possible here: the hosts file can be read, and something has the right to write it. */
export function checkBlocker(): Check {
  const name = "blocker";
  const path = hostsPath();
  try {
    liftBlocks(Deno.readFileSync(path));
  } catch (error) {
    const detail = `Cannot read "${path}": ${(error as Error).message}`;
    return { name, status: "warn", detail, remedy: "without it nothing can be blocked" };
  }
  if (Deno.build.os !== "windows" && Deno.uid() === 0) {
    return { name, status: "ok", detail: `${path} may be written: this is root` };
  }
  if (isInstalled()) return { name, status: "ok", detail: "block setup was run" };
  try {
    Deno.openSync(path, { write: true, append: true }).close();
    return { name, status: "ok", detail: `${path} may be written by this user` };
  } catch {
    return {
      name,
      status: "off",
      detail: `${path} may not be written by this user`,
      remedy: `to block sites, once: ${setupCommand()}`,
    };
  }
}
