/**
 * What imports what in this repository, as Deno itself resolves it.
 * @module
 */
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface Import {
  /** The importing file, relative to the root, with "/". */
  readonly from: string;
  /** The imported file relative to the root, or "npm:zod", "node:fs", "https://…". */
  readonly to: string;
  /** Erased before the program runs: `import type`, `export type … from`, `import("…").T`. */
  readonly typeOnly: boolean;
  /** `import(…)`: loaded only when the program gets there. */
  readonly dynamic: boolean;
}

/** Folders that hold no source of ours. */
const SKIPPED = new Set(["node_modules", "dist", "fixtures"]);

/** Every file below `root` but those that are built, hidden or fixtures, relative to it, with "/". */
export async function listFiles(root: string, folder = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(join(root, folder))) {
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory) files.push(...await listFiles(root, path));
    else files.push(path);
  }
  return files.toSorted();
}

interface Dependency {
  readonly code?: { readonly specifier?: string };
  readonly type?: { readonly specifier?: string };
  readonly isDynamic?: boolean;
}

interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly Dependency[];
  }[];
}

/**
 * The imports of `files` (relative to `root`), read by `deno info` with the root's `deno.json`.
 * @throws {Error} with Deno's words when it cannot read them.
 */
export async function readImports(root: string, files: readonly string[]): Promise<Import[]> {
  const folder = await Deno.makeTempDir();
  try {
    const all = join(folder, "all.ts");
    const lines = files.map((file) => `import "${pathToFileURL(join(root, file))}";\n`);
    await Deno.writeTextFile(all, lines.join(""));
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--quiet", "--json", "--config", join(root, "deno.json"), all],
      cwd: root,
    }).output();
    const decoder = new TextDecoder();
    if (!success) throw new Error(`Cannot read the imports: ${decoder.decode(stderr).trim()}`);
    return importsOf(JSON.parse(decoder.decode(stdout)), root, new Set(files));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function importsOf(graph: Graph, root: string, files: ReadonlySet<string>): Import[] {
  const imports: Import[] = [];
  for (const { specifier, dependencies = [] } of graph.modules) {
    const from = localName(specifier, root);
    if (!files.has(from)) continue;
    for (const { code, type, isDynamic = false } of dependencies) {
      const target = code?.specifier ?? type?.specifier;
      if (target === undefined) continue;
      imports.push({
        from,
        to: localName(target, root),
        typeOnly: code === undefined,
        dynamic: isDynamic,
      });
    }
  }
  return imports;
}

function localName(specifier: string, root: string): string {
  if (specifier.startsWith("file:")) {
    return relative(root, fileURLToPath(specifier)).split(sep).join("/");
  }
  const npm = /^npm:\/?((?:@[^/]+\/)?[^@/]+)/.exec(specifier);
  return npm ? `npm:${npm[1]}` : specifier;
}

/** Every file and package that is loaded as soon as `entry` is, without `import(…)`. */
export function loadedAtStart(imports: readonly Import[], entry: string): Set<string> {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { from, to, typeOnly, dynamic } of imports) {
      if (from === file && !typeOnly && !dynamic) loaded.add(to);
    }
  }
  return loaded;
}
