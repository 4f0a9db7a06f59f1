/**
 * Chromium and its kin: one policy file of our own that switches DNS over HTTPS off. They notice it while
 * they run, and its removal too.
 * @module
 */
import { dirname, join } from "node:path";
import type { HostsIo } from "./hosts_io.ts";

/** One browser of the family. */
export interface ChromiumKind {
  readonly name: string;
  /** Where it looks for policies (Linux). */
  readonly policies: string;
  /** It is there when one of these is. */
  readonly signs: readonly string[];
  /** What it is started by, for a trial. */
  readonly programs: readonly string[];
  /** Its processes' name. */
  readonly process: string;
}

export const CHROMIUM_KINDS: readonly ChromiumKind[] = [
  {
    name: "Chromium",
    policies: "/etc/chromium/policies/managed",
    signs: ["/etc/chromium", "/usr/bin/chromium", "/snap/bin/chromium"],
    programs: ["chromium"],
    process: "chromium",
  },
  {
    name: "Chromium (Ubuntu)",
    policies: "/etc/chromium-browser/policies/managed",
    signs: ["/etc/chromium-browser", "/usr/bin/chromium-browser"],
    programs: ["chromium-browser"],
    process: "chromium-browse",
  },
  {
    name: "Chrome",
    policies: "/etc/opt/chrome/policies/managed",
    signs: ["/etc/opt/chrome", "/opt/google/chrome"],
    programs: ["google-chrome", "google-chrome-stable"],
    process: "chrome",
  },
  {
    name: "Brave",
    policies: "/etc/brave/policies/managed",
    signs: ["/etc/brave", "/opt/brave.com"],
    programs: ["brave-browser", "brave"],
    process: "brave",
  },
  {
    name: "Edge",
    policies: "/etc/opt/edge/policies/managed",
    signs: ["/etc/opt/edge", "/opt/microsoft/msedge"],
    programs: ["microsoft-edge"],
    process: "msedge",
  },
];

export const CHROMIUM_FILE = "prodtracker_dns.json";
const TEXT = `${JSON.stringify({ DnsOverHttpsMode: "off" })}\n`;

/** Writes our file for every kind that is there. */
export function setChromium(io: HostsIo, found: readonly ChromiumKind[]): void {
  for (const { policies } of found) {
    Deno.mkdirSync(policies, { recursive: true, mode: 0o755 });
    const temp = join(policies, `.${CHROMIUM_FILE}.new`);
    removeQuietly(io, temp);
    io.create(temp, new TextEncoder().encode(TEXT));
    io.chmod(temp, 0o644);
    io.rename(temp, join(policies, CHROMIUM_FILE));
  }
}

/** Removes our file wherever it is. */
export function unsetChromium(io: HostsIo): void {
  for (const { policies } of CHROMIUM_KINDS) {
    removeQuietly(io, join(policies, `.${CHROMIUM_FILE}.new`));
    removeQuietly(io, join(policies, CHROMIUM_FILE));
  }
}

/** The kinds that are on this machine. */
export function foundChromium(exists: (path: string) => boolean): ChromiumKind[] {
  return CHROMIUM_KINDS.filter(({ signs, policies }) =>
    [...signs, dirname(policies)].some((path) => exists(path))
  );
}

function removeQuietly(io: HostsIo, path: string): void {
  try {
    io.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      throw error;
    }
  }
}
