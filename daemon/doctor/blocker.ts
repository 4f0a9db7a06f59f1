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
  const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0;
  try {
    Deno.openSync(path, { write: true, append: true }).close();
    const who = isRoot ? "may be written: this is root" : "may be written by this user";
    return { name, status: "ok", detail: `${path} ${who}` };
  } catch (error) {
    const { message } = error as Error;
    // What holds root up does so to the program of block setup, too.
    if (isRoot || /read-only/i.test(message)) {
      const remedy = "see what protects it: lsattr, findmnt; with it nothing can be blocked";
      return { name, status: "warn", detail: `Cannot write "${path}": ${message}`, remedy };
    }
    if (isInstalled()) return { name, status: "ok", detail: "block setup was run" };
    const remedy = `to block sites, once: ${setupCommand()}`;
    return { name, status: "off", detail: `${path} may not be written by this user`, remedy };
  }
}
