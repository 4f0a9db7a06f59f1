/**
 * Proving each layer of a block by trying it.
 * @module
 */
import type { BlockFinding, EnforcedBlock } from "../core/block.ts";
import { runProgram } from "../os/exec.ts";
import { tryChromium } from "./check_chromium.ts";
import { hostsPath, lookUp, nameCaches } from "./machine.ts";
import { CHROMIUM_FILE, foundChromium } from "./policy_chromium.ts";
import { FIREFOX_POLICIES, FIREFOX_SIGNS, hasOurPolicy } from "./policy_firefox.ts";

/** A few names stand for all: each costs a look-up, and a start of every browser for the first. */
const MAX_TRIED = 5;
const BLOCKED = new Set(["0.0.0.0", "::"]);
const AGAIN = "prodtracker block off, then block on again";

/** How each layer does with the block that `current` says stands. */
export async function* checkBlock(
  domains: readonly string[],
  current: EnforcedBlock | undefined,
): AsyncGenerator<BlockFinding> {
  const tried = domains.slice(0, MAX_TRIED);
  const inFile = fileFinding(tried, current);
  yield inFile;
  const leaks = await leaksOf(tried);
  if (inFile.status === "enforced") yield await lookUpFinding(tried, leaks);
  const isLookedUp = inFile.status === "enforced" && leaks.length === 0;
  const isMounted = (await runProgram(["findmnt", "-n", hostsPath()])).code === 0;
  for (const { name, policies, programs, process } of foundChromium(exists)) {
    const file = `${policies}/${CHROMIUM_FILE}`;
    if (!exists(file)) {
      yield {
        layer: name,
        status: "not enforced",
        detail: `DNS over HTTPS may go around the hosts file: the setting ${file} is not there`,
        remedy: AGAIN,
      };
    } else if (!isLookedUp || tried.length === 0) {
      const detail = "DNS over HTTPS is off; a connection says nothing before the look-up is right";
      yield { layer: name, status: "unknown", detail };
    } else if (isMounted && await runsSince(process, hostsPath())) {
      yield {
        layer: name,
        status: "restart needed",
        detail: `${hostsPath()} is mounted over: what is open now is not told that it changed`,
        remedy: `close ${name} and open it again`,
      };
    } else yield await tryChromium(name, programs, tried[0]);
  }
  yield* firefoxFindings();
}

function fileFinding(names: readonly string[], current: EnforcedBlock | undefined): BlockFinding {
  const layer = "hosts file";
  if (current === undefined) {
    const detail = `no block stands in ${hostsPath()}`;
    return { layer, status: "not enforced", detail, remedy: AGAIN };
  }
  const lines = new Set(Deno.readTextFileSync(hostsPath()).split(/\r?\n/));
  const missing = names.filter((name) => !lines.has(`0.0.0.0 ${name}`) || !lines.has(`:: ${name}`));
  if (missing.length > 0) {
    const detail = `${missing[0]} does not stand in ${hostsPath()} with both addresses`;
    return { layer, status: "not enforced", detail, remedy: AGAIN };
  }
  return { layer, status: "enforced", detail: `${current.domainCount} names in ${hostsPath()}` };
}

interface Leak {
  readonly name: string;
  readonly addresses: readonly string[];
}

async function leaksOf(names: readonly string[]): Promise<Leak[]> {
  const found = await Promise.all(names.map(async (name) => ({
    name,
    addresses: (await lookUp(name)).filter((address) => !BLOCKED.has(address)),
  })));
  return found.filter(({ addresses }) => addresses.length > 0);
}

/** The file is right: when a name leads somewhere all the same, something stands before the file. */
async function lookUpFinding(tried: readonly string[], leaks: readonly Leak[]) {
  const layer = "look-up";
  if (leaks.length === 0) {
    const detail = `${tried.length} of ${tried.length} names tried lead nowhere`;
    return { layer, status: "enforced", detail } as const;
  }
  const [{ name, addresses }] = leaks;
  const own = ownLine(name);
  const caches = await runningCaches();
  const remedy = own !== undefined
    ? `line ${own} of ${hostsPath()}, which is yours, comes first: take it out`
    : caches.length > 0
    ? `empty the cache of ${caches.join(", ")}, or wait until it forgets`
    : `look at "hosts:" in /etc/nsswitch.conf: "files" must come first`;
  const detail = `${name} still leads to ${addresses.join(", ")}`;
  return { layer, status: "not enforced", detail, remedy } as const;
}

/** The number of a line of the user's that gives `name` another address. */
function ownLine(name: string): number | undefined {
  const lines = Deno.readTextFileSync(hostsPath()).split(/\r?\n/);
  const at = lines.findIndex((line) => {
    const [address, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    return names.includes(name) && !BLOCKED.has(address);
  });
  return at < 0 ? undefined : at + 1;
}

async function runningCaches(): Promise<string[]> {
  const { stdout } = await runProgram(["ps", "-A", "-o", "comm="]);
  const running = stdout.split("\n").map((line) => line.trim());
  const isRunning = (name: string) => running.some((each) => name.startsWith(each) && each !== "");
  return nameCaches().map(({ name }) => name).filter(isRunning);
}

async function* firefoxFindings(): AsyncGenerator<BlockFinding> {
  const layer = "Firefox";
  if (!FIREFOX_SIGNS.some(exists)) return;
  const text = exists(FIREFOX_POLICIES) ? Deno.readTextFileSync(FIREFOX_POLICIES) : "";
  if (!hasOurPolicy(text)) {
    const isOther = text.includes("DNSOverHTTPS");
    yield {
      layer,
      status: isOther ? "unknown" : "not enforced",
      detail: isOther
        ? `${FIREFOX_POLICIES} has a setting of somebody else's for DNS over HTTPS`
        : `DNS over HTTPS may go around the hosts file: it is not switched off in ${FIREFOX_POLICIES}`,
      remedy: isOther ? `see what "DNSOverHTTPS" says there` : AGAIN,
    };
    return;
  }
  const isOlder = await runsSince("firefox", FIREFOX_POLICIES);
  yield isOlder
    ? {
      layer,
      status: "restart needed",
      detail: "it was started before DNS over HTTPS was switched off, and reads that at its start",
      remedy: "close Firefox and open it again",
    }
    : { layer, status: "enforced", detail: "DNS over HTTPS is off; it uses the look-up above" };
}

/** Whether a process runs that was started before the file at `path` was written. */
async function runsSince(process: string, path: string): Promise<boolean> {
  const writtenMs = Deno.statSync(path).mtime?.getTime() ?? 0;
  const { stdout } = await runProgram(["ps", "-A", "-o", "etimes=,stat=,comm="]);
  return stdout.split("\n").some((line) => {
    const [ageS, state, name] = line.trim().split(/\s+/);
    return name?.startsWith(process) && !state.startsWith("Z") &&
      Date.now() - Number(ageS) * 1000 < writtenMs;
  });
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
