/**
 * The permission set of `deno.json` as flags for `deno run` and `deno compile`, so that what is built may
 * do exactly what `deno run -P=product` may.
 * @module
 */

/** How the configuration file states one permission. */
export type PermissionRule =
  | boolean
  | readonly string[]
  | {
    readonly allow?: boolean | readonly string[];
    readonly deny?: boolean | readonly string[];
    readonly ignore?: boolean | readonly string[];
  };

export type PermissionSet = { readonly [name: string]: PermissionRule };

const NAMES = ["read", "write", "net", "env", "run", "sys", "ffi", "import"] as const;

/** The names that may never be granted as a whole: a list, or nothing. */
const LISTED = new Set<string>(["env", "run", "sys", "ffi"]);

/**
 * The flags that grant `set` and nothing else; a question at run time counts as "no", and modules are
 * never fetched from the network.
 * @throws {TypeError} when the set names an unknown permission or grants a whole one that must be a list.
 */
export function permissionFlags(set: PermissionSet): string[] {
  const unknown = Object.keys(set).filter((name) => !(NAMES as readonly string[]).includes(name));
  if (unknown.length > 0) throw new TypeError(`Unknown permission "${unknown.join('", "')}"`);
  const flags = ["--no-prompt"];
  for (const name of NAMES) {
    const { allow, deny, ignore } = normalised(set[name] ?? false);
    if (allow === true && LISTED.has(name)) {
      throw new TypeError(`Cannot grant "${name}" as a whole: it must be a list`);
    }
    flags.push(...flag("allow", name, allow));
    flags.push(...flag("deny", name, name === "import" && allow === false ? true : deny));
    flags.push(...flag("ignore", name, ignore));
  }
  return flags;
}

/** The set called `name` in the configuration file at `path`. */
export async function readPermissionSet(path: string | URL, name: string): Promise<PermissionSet> {
  const config = JSON.parse(await Deno.readTextFile(path));
  const set = config.permissions?.[name];
  if (set === undefined) throw new TypeError(`Cannot find the permission set "${name}" in ${path}`);
  return set;
}

type Grant = boolean | readonly string[];

function normalised(rule: PermissionRule): { allow: Grant; deny: Grant; ignore: Grant } {
  const { allow = false, deny = false, ignore = false } = typeof rule === "boolean" || isList(rule)
    ? { allow: rule }
    : rule;
  return { allow, deny, ignore };
}

function isList(rule: PermissionRule): rule is readonly string[] {
  return Array.isArray(rule);
}

function flag(verb: string, name: string, grant: Grant): string[] {
  if (grant === true) return [`--${verb}-${name}`];
  if (grant === false || grant.length === 0) return [];
  return [`--${verb}-${name}=${grant.join(",")}`];
}
