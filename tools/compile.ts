// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Builds the one executable, `dist/prodtracker`.
 *
 *     deno task compile [--target <triple>] [--fallback] [--compress gzip|zstd] [--without-vision]
 *
 * The models are fetched, the dashboard and the bundle made, then `deno compile` embeds all of it with the
 * permissions of `deno.json`. `--without-vision` leaves the models out (20 MB), and focus sessions with them. It needs a base runtime (denort), which it downloads, or takes from its cache or from
 * `DENORT_BIN`. Where none can be had, a self-extracting file is made of the same folder instead;
 * `--fallback` asks for that one, and `--compress` says how its archive is packed.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildWeb } from "./build_web.ts";
import { bundleProgram, PRODTRACKER } from "./bundle.ts";
import { denoCompile, NoBaseRuntimeError, PARTS, type Target, TARGETS } from "./deno_compile.ts";
import { makeModels } from "./models.ts";
import { permissionFlags, readPermissionSet } from "./permission_flags.ts";
import { buildSelfExtracting, type Compression, readFolder } from "./self_extracting.ts";

interface CompileOptions {
  readonly target?: Target;
  readonly fallback: boolean;
  readonly compression: Compression;
  readonly vision: boolean;
}

async function compile({ target, fallback, compression, vision }: CompileOptions): Promise<void> {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const folder = join(root, "dist");
  const output = join(folder, executableName(target));
  const flags = permissionFlags(await readPermissionSet(join(root, "deno.json"), "product"));
  const parts = PARTS.filter((part) => vision || part !== "models");
  if (vision) await fetchModels();
  console.log(await buildWeb());
  await bundleProgram({ root, ...PRODTRACKER }, join(folder, "bundle"));
  const bundled = await readFolder(folder, join(folder, "bundle"));
  console.log(`bundle: ${bundled.length} files, ${megabytes(sumBytes(bundled))}`);

  if (!fallback) {
    try {
      console.log(await denoCompile({ folder, parts, flags, output, target }));
      return report(output, "compiled by deno");
    } catch (error) {
      if (!(error instanceof NoBaseRuntimeError)) throw error;
      console.log(`${error.message}; building a self-extracting file instead`);
    }
  }
  if (Deno.build.os === "windows" || (target && target !== Deno.build.target)) {
    throw new Error(
      "Cannot build a self-extracting file here: it is for Linux and macOS, made on the system it is " +
        "for. Set DENORT_BIN to the base runtime of the target",
    );
  }
  const names = await buildSelfExtracting({ folder, parts, flags, compression, output });
  console.log(`Embedded Files\n\n${names.toSorted().join("\n")}\n`);
  await report(output, `self-extracting, ${compression}`);
}

async function fetchModels(): Promise<void> {
  try {
    await makeModels();
  } catch (error) {
    throw new Error(
      `${(error as Error).message}. Without the models: deno task compile --without-vision`,
      { cause: error },
    );
  }
}

function executableName(target: Target | undefined): string {
  const extension = (target ?? Deno.build.target).includes("windows") ? ".exe" : "";
  return `prodtracker${target && target !== Deno.build.target ? `-${target}` : ""}${extension}`;
}

async function report(output: string, kind: string): Promise<void> {
  console.log(`${output}: ${kind}, ${megabytes((await Deno.stat(output)).size)}`);
}

function sumBytes(files: readonly { readonly bytes: Uint8Array }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @throws {TypeError} naming the argument that is wrong. */
function parseOptions(args: string[]): CompileOptions {
  const { values } = parseArgs({
    args,
    options: {
      target: { type: "string" },
      fallback: { type: "boolean", default: false },
      compress: { type: "string", default: "gzip" },
      "without-vision": { type: "boolean", default: false },
    },
  });
  return {
    target: values.target === undefined ? undefined : oneOf("target", values.target, TARGETS),
    fallback: values.fallback,
    vision: !values["without-vision"],
    compression: oneOf("compress", values.compress, ["gzip", "zstd"] as const),
  };
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (!found) throw new TypeError(`--${name} is "${value}", not one of ${allowed.join(", ")}`);
  return found;
}

if (import.meta.main) {
  let options: CompileOptions;
  try {
    options = parseOptions(Deno.args);
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(2);
  }
  try {
    await compile(options);
  } catch (error) {
    console.error((error as Error).message);
    Deno.exit(1);
  }
}
