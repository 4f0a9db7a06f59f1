/**
 * The architecture as rules: which part may import which, and what may stand where.
 * @module
 */
import type { Import } from "./source_graph.ts";

interface Part {
  /** A folder, or one file; the longest that fits decides. */
  readonly path: string;
  /** The parts it may load. */
  readonly may: readonly string[];
  /** The parts of which it may import types besides. */
  readonly types?: readonly string[];
  /** Runs in a browser too: no `node:` modules, and of npm only what is listed. */
  readonly pure?: { readonly npm: readonly string[] };
}

const ADAPTER = { may: ["daemon/core", "daemon/os"], types: ["daemon/config"] };
const CLIENT = {
  may: ["daemon/core", "daemon/config", "daemon/os/permissions.ts"],
  types: ["daemon/api", "daemon/mod.ts"],
};
/** Parts of the terminal program that run, or stand in for, the daemon. */
const SERVICE = { may: ["cli", ...CLIENT.may, "daemon/mod.ts"], types: CLIENT.types };
const DAEMON = [
  "daemon",
  "daemon/mod.ts",
  "daemon/core",
  "daemon/config",
  "daemon/autostart",
  "daemon/store",
  "daemon/watchers",
  "daemon/blocker",
  "daemon/phone",
  "daemon/focus",
  "daemon/notifiers",
  "daemon/summary",
  "daemon/api",
  "daemon/os",
  "daemon/screenshots",
];

/** The import arrows; within a part everything may import everything. */
export const PARTS: readonly Part[] = [
  { path: "main.ts", may: ["cli"] },
  {
    path: "cli",
    ...CLIENT,
    may: [
      ...CLIENT.may,
      "cli/client.ts",
      "cli/commands/serve.ts",
      "cli/commands/track.ts",
      "cli/commands/focus.ts",
    ],
  },
  { path: "cli/client.ts", ...SERVICE },
  { path: "cli/commands/serve.ts", ...SERVICE },
  { path: "cli/commands/track.ts", ...SERVICE },
  { path: "cli/commands/focus.ts", ...SERVICE },
  // What may run as root; `block setup` installs it with all it imports.
  { path: "hosts_apply.ts", may: ["daemon/blocker"] },
  { path: "daemon", may: DAEMON },
  { path: "daemon/mod.ts", may: DAEMON },
  // The words of vision (its states) are words of the domain too.
  { path: "daemon/core", may: [], types: ["vision"], pure: { npm: ["re2js"] } },
  { path: "daemon/os", may: ["daemon/core"] },
  // What a command gives up, it gives up before it loads anything else.
  { path: "daemon/os/permissions.ts", may: [] },
  { path: "daemon/config", may: ["daemon/core", "daemon/os"] },
  { path: "daemon/autostart", ...ADAPTER },
  { path: "daemon/store", ...ADAPTER },
  { path: "daemon/watchers", ...ADAPTER },
  { path: "daemon/blocker", ...ADAPTER },
  { path: "daemon/phone", ...ADAPTER },
  { path: "daemon/focus", ...ADAPTER, may: [...ADAPTER.may, "vision"] },
  { path: "daemon/notifiers", ...ADAPTER },
  { path: "daemon/summary", ...ADAPTER },
  { path: "daemon/api", ...ADAPTER },
  // Its worker has the X11 client to itself: what a port would hand over cannot go there.
  { path: "daemon/screenshots", ...ADAPTER, may: [...ADAPTER.may, "daemon/watchers"] },
  { path: "vision", may: [], pure: { npm: [] } },
  {
    path: "web",
    may: ["vision", "daemon/core"],
    types: ["daemon/api"],
    pure: { npm: ["preact", "@preact/signals", "uplot", "qrcode"] },
  },
];

/** Packages that must not be on the way to the first line of output: each is loaded where it is used. */
export const LAZY = [
  "npm:zod",
  "npm:@hono/zod-openapi",
  "npm:hono",
  "npm:@redis/client",
  "npm:croner",
  "npm:@jellybrick/dbus-next",
  "npm:nodemailer",
  "npm:onnx-proto",
  "npm:prom-client",
  "node:module",
  "node:sqlite",
];

/** Tests and tools may import what they like; nothing may import them. */
export function isTestOrTool(file: string): boolean {
  return /^(tests|tools)\//.test(file) || /(_test\.tsx?|\/testing\.ts)$/.test(file);
}

function partOf(file: string): Part | undefined {
  return PARTS
    .filter(({ path }) => file === path || file.startsWith(`${path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** What is wrong with one import, as a sentence; `undefined` when nothing is. */
export function judgeImport({ from, to, typeOnly }: Import): string | undefined {
  if (isTestOrTool(from)) return undefined;
  const broken = (reason: string) => `${from} imports ${to}: ${reason}`;
  const part = partOf(from);
  if (!part) return broken("the file is in no part of the architecture");
  if (/^(https?|jsr):/.test(to)) return broken("everything comes from npm");
  if (to.startsWith("node:")) {
    return part.pure ? broken(`${part.path} is browser-safe, no node: modules`) : undefined;
  }
  if (to.startsWith("npm:")) {
    const { npm } = part.pure ?? {};
    if (!npm || npm.includes(to.slice(4))) return undefined;
    return broken(`${part.path} is browser-safe, of npm only: ${npm.join(", ") || "nothing"}`);
  }
  if (isTestOrTool(to)) return broken("the program does not import tests or tools");
  const target = partOf(to);
  if (!target) return broken("the imported file is in no part of the architecture");
  if (target === part || part.may.includes(target.path)) return undefined;
  const types = part.types ?? [];
  if (types.includes(target.path)) {
    return typeOnly ? undefined : broken(`${part.path} may import only types of ${target.path}`);
  }
  const allowed = [...part.may, ...types.map((path) => `${path} (types)`)].join(", ") || "nothing";
  return broken(`${part.path} may import ${allowed}`);
}

interface Ban {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly except: RegExp;
}

const BANS: readonly Ban[] = [
  {
    pattern: /\bDeno\.env\b|\bprocess\.env\b/,
    reason: "the environment is read in daemon/config and daemon/os, and passed down",
    except: /^daemon\/(config|os)\//,
  },
  {
    pattern: /\bconsole\s*\./,
    reason: "only cli/output.ts writes to the terminal",
    except: /^cli\/output\.ts$/,
  },
  {
    pattern: /\bDeno\.(Command|run)\b/,
    reason: "child processes are started in daemon/os",
    except: /^daemon\/os\//,
  },
  {
    pattern: /\bDeno\.|\bDate\.now\b|\bMath\.random\b|\bfetch\(/,
    reason: "vision is pure: no runtime, no clock, no network",
    except: /^(?!vision\/)/,
  },
];

/** What stands in `text` that may not stand in `file`, as sentences with line numbers. */
export function judgeText(file: string, text: string): string[] {
  if (isTestOrTool(file)) return [];
  const bans = BANS.filter(({ except }) => !except.test(file));
  return blankOut(text).split("\n").flatMap((line, index) =>
    bans
      .filter(({ pattern }) => pattern.test(line))
      .map(({ pattern, reason }) => `${file}:${index + 1}: ${pattern.exec(line)![0]}: ${reason}`)
  );
}

/** `text` with its comments and plain strings emptied and its lines kept; good enough to search in. */
function blankOut(text: string): string {
  const literal =
    /\/\*[\s\S]*?\*\/|`[^`$]*`|(?<![:\w])\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
  return text.replaceAll(literal, (found) => found.replaceAll(/[^\n]/g, " "));
}

/** Files that may be longer than `MAX_LINES`, and why. */
export const LONG_FILES: Readonly<Record<string, string>> = {};
export const MAX_LINES = 400;

const NAME = /^[a-z0-9_]+(\.[a-z0-9_]+)*$/;
const OTHER_NAMES = new Set(["LICENSE", "README.md"]);

/** The parts of a path that are not snake_case. */
export function oddNames(path: string): string[] {
  return path.split("/").filter((name) => !NAME.test(name) && !OTHER_NAMES.has(name));
}
