/**
 * The browsers on this machine, and whether their policies let the hosts file be heard.
 * @module
 */
import { join } from "node:path";
import { findMark } from "../blocker/hosts_file.ts";
import { hostsPath } from "../blocker/machine.ts";
import { CHROMIUM_FILE, type ChromiumKind, foundChromium } from "../blocker/policy_chromium.ts";
import { FIREFOX_POLICIES, FIREFOX_SIGNS, hasOurPolicy } from "../blocker/policy_firefox.ts";
import { readIfThere } from "../os/files.ts";
import type { Check } from "./check.ts";

const NOTHING_BLOCKED = "nothing is blocked now; a block switches DNS over HTTPS off";
const AGAIN = "prodtracker block off, then block on again";
const AROUND = "DNS over HTTPS may go around the hosts file";

/** A line for each browser. */
export function* checkBrowsers(): Generator<Check> {
  if (Deno.build.os !== "linux") {
    const detail = "their policies are looked at on Linux only";
    return yield { name: "browsers", status: "off", detail };
  }
  const isBlocking = blockStands();
  let count = 0;
  for (const kind of foundChromium(exists)) {
    count++;
    yield { name: kind.name, ...chromium(kind, isBlocking) };
  }
  if (FIREFOX_SIGNS.some(exists)) {
    count++;
    yield { name: "Firefox", ...firefox(isBlocking) };
  }
  if (count > 0) return;
  const detail = "none of Chromium, Chrome, Brave, Edge and Firefox was found";
  yield { name: "browsers", status: "off", detail };
}

type Judged = Omit<Check, "name">;

function chromium({ policies }: ChromiumKind, isBlocking: boolean): Judged {
  const ours = join(policies, CHROMIUM_FILE);
  const files = policyFiles(policies);
  const unread = files.find(({ mode }) => mode === undefined);
  if (unread) {
    const remedy = "the browser cannot read it either: correct it, or take it away";
    return { status: "warn", detail: `${unread.path} is no policy file: not JSON`, remedy };
  }
  const on = files.find(({ path, mode }) => path !== ours && mode !== "" && mode !== "off");
  if (on) {
    const detail = `${on.path} sets DnsOverHttpsMode to "${on.mode}": ${AROUND}`;
    const remedy = "take it out there, or set it to off: it decides before ours";
    return { status: isBlocking ? "fail" : "warn", detail, remedy };
  }
  const off = files.find(({ mode }) => mode === "off");
  if (!isBlocking && off?.path === ours) {
    const detail = `${ours} switches DNS over HTTPS off though nothing is blocked`;
    return { status: "warn", detail, remedy: "prodtracker block off takes it away" };
  }
  if (off) return { status: "ok", detail: `DNS over HTTPS is off by ${off.path}` };
  if (!isBlocking) return { status: "ok", detail: NOTHING_BLOCKED };
  return { status: "fail", detail: `${AROUND}: ${ours} is not there`, remedy: AGAIN };
}

interface PolicyFile {
  readonly path: string;
  /** Of DnsOverHttpsMode; "": the file has none; `undefined`: it is no JSON. */
  readonly mode: string | undefined;
}

function policyFiles(folder: string): PolicyFile[] {
  if (!exists(folder)) return [];
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return names.filter((name) => name.endsWith(".json") && !name.startsWith(".")).sort()
    .map((name) => {
      const path = join(folder, name);
      return { path, mode: modeOf(Deno.readTextFileSync(path)) };
    });
}

function modeOf(text: string): string | undefined {
  try {
    const { DnsOverHttpsMode: mode = "" } = JSON.parse(text);
    return String(mode);
  } catch {
    return undefined;
  }
}

function firefox(isBlocking: boolean): Judged {
  const text = readIfThere(FIREFOX_POLICIES) ?? "";
  if (hasOurPolicy(text)) {
    if (isBlocking) return { status: "ok", detail: `DNS over HTTPS is off by ${FIREFOX_POLICIES}` };
    const detail = `${FIREFOX_POLICIES} switches DNS over HTTPS off though nothing is blocked`;
    return { status: "warn", detail, remedy: "prodtracker block off takes it away" };
  }
  if (text.includes("DNSOverHTTPS")) {
    const detail = `${FIREFOX_POLICIES} has a setting of somebody else's for DNS over HTTPS`;
    return { status: "warn", detail, remedy: `see what "DNSOverHTTPS" says there` };
  }
  if (!isBlocking) return { status: "ok", detail: NOTHING_BLOCKED };
  const detail = `${AROUND}: it is not switched off in ${FIREFOX_POLICIES}`;
  return { status: "fail", detail, remedy: AGAIN };
}

function blockStands(): boolean {
  try {
    return findMark(Deno.readFileSync(hostsPath())) !== undefined;
  } catch {
    // The blocker's own check says so.
    return false;
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
