/**
 * Where this machine keeps its hosts file, and how its caches of names are emptied.
 * @module
 */
import { runProgram } from "../os/exec.ts";

type Os = typeof Deno.build.os;

/** The hosts file's path. On Windows the system's folder is where Windows says it is. */
export function hostsPath(os: Os = Deno.build.os, systemRoot = "C:\\Windows"): string {
  return os === "windows" ? `${systemRoot}\\System32\\drivers\\etc\\hosts` : "/etc/hosts";
}

/** The lock of everybody who may write it; nobody else can hold root's. */
export function lockPath(os: Os = Deno.build.os, isRoot = Deno.uid() === 0): string {
  if (os === "windows") return `${hostsPath(os)}.prodtracker.lock`;
  if (!isRoot) return "/etc";
  return os === "darwin" ? "/var/run/prodtracker.lock" : "/run/prodtracker.lock";
}

/** One cache of names. */
export interface NameCache {
  readonly name: string;
  readonly flush: readonly [string, ...string[]];
}

/** The caches that may be there; a program that is missing has none. */
export function nameCaches(os: Os = Deno.build.os): readonly NameCache[] {
  if (os === "windows") return [{ name: "Windows", flush: ["ipconfig", "/flushdns"] }];
  if (os === "darwin") {
    return [
      { name: "macOS", flush: ["dscacheutil", "-flushcache"] },
      { name: "mDNSResponder", flush: ["killall", "-HUP", "mDNSResponder"] },
    ];
  }
  return [
    { name: "systemd-resolved", flush: ["resolvectl", "flush-caches"] },
    { name: "nscd", flush: ["nscd", "-i", "hosts"] },
    // It reads the hosts file again.
    { name: "dnsmasq", flush: ["pkill", "-HUP", "-x", "dnsmasq"] },
  ];
}

/** Empties every cache there is; returns the names of those that were. */
export async function flushCaches(): Promise<string[]> {
  const done = await Promise.all(
    nameCaches().map(async ({ name, flush }) => {
      return (await runProgram(flush, { limitMs: 3_000 })).code === 0 ? name : undefined;
    }),
  );
  return done.filter((name) => name !== undefined);
}

/** Repairs the label of a file that was replaced (SELinux), where there is the program for it. */
export async function relabel(path: string): Promise<void> {
  await runProgram(["restorecon", path], { limitMs: 3_000 });
}

/** The addresses that the machine's own look-up gives for a name, both kinds; none when it fails. */
export async function lookUp(name: string): Promise<string[]> {
  // Asked for both at once, it leaves out a kind for which it believes the machine has no address.
  const answers = await Promise.all(["ahosts", "ahostsv4", "ahostsv6"].map(async (kind) => {
    const { stdout } = await runProgram(["getent", kind, name], { limitMs: 5_000 });
    return stdout.split("\n").map((line) => line.split(/\s/)[0].replace(/^::ffff:/, ""));
  }));
  return [...new Set(answers.flat().filter((address) => address !== ""))];
}

/** Whether the machine is going down, as systemd says. */
export async function isShuttingDown(): Promise<boolean> {
  const { stdout } = await runProgram(["systemctl", "is-system-running"], { limitMs: 3_000 });
  return stdout.trim() === "stopping";
}

/** Ends open connections to addresses, by the kernel's own means; only root may. */
export async function endConnections(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    if (/^(127\.|0\.0\.0\.0$|::1?$)/.test(address)) continue;
    await runProgram(["ss", "-K", "dst", address], { limitMs: 3_000 });
  }
}
