/**
 * One self-extracting file: `self_extracting.sh`, then a compressed archive of the stock Deno runtime and
 * the bundle. It is what `deno compile` cannot make where its base runtime cannot be had.
 * @module
 */
import { createHash } from "node:crypto";
import { join, relative, sep } from "node:path";
import { constants, gzipSync, zstdCompressSync } from "node:zlib";
import { PARTS } from "./deno_compile.ts";
import { type PackedFile, packTar } from "./tar.ts";

/** gzip is on every machine; zstd makes a smaller file that starts faster the first time. */
export type Compression = "gzip" | "zstd";

export interface SelfExtractingOptions {
  /** The folder with `bundle/` and the other parts. */
  readonly folder: string;
  /** What is packed beside `bundle/`. @default web and models */
  readonly parts?: readonly string[];
  /** The Deno runtime to embed; @default the one that runs */
  readonly runtime?: string;
  /** What the program may do, as flags of `deno run`. */
  readonly flags: readonly string[];
  /** @default "gzip" */
  readonly compression?: Compression;
  readonly output: string;
}

/** The script is padded to this length, so that the archive's place does not depend on its own digits. */
const HEADER_BYTES = 8192;

/** Writes the file and returns the names of what is in it. */
export async function buildSelfExtracting(options: SelfExtractingOptions): Promise<string[]> {
  const { folder, parts = PARTS, flags, compression = "gzip", output } = options;
  const runtime = await Deno.readFile(options.runtime ?? Deno.execPath());
  const files: PackedFile[] = [{ name: "deno", bytes: runtime, executable: true }];
  for (const part of ["bundle", ...parts]) {
    files.push(...await readFolder(folder, join(folder, part)));
  }
  const archive = compress(packTar(files), compression);
  const header = await renderHeader({
    SHA256: createHash("sha256").update(archive).digest("hex"),
    ARCHIVE_START: String(HEADER_BYTES + 1),
    DECOMPRESSOR: compression,
    FLAGS: flags.map(shellQuote).join(" "),
  });
  const partial = `${output}.part`;
  using file = await Deno.open(partial, {
    write: true,
    create: true,
    truncate: true,
    mode: 0o755,
  });
  for (const part of [header, archive]) {
    for (let at = 0; at < part.length;) at += await file.write(part.subarray(at));
  }
  await Deno.rename(partial, output);
  return files.map(({ name }) => name);
}

/** Every file below `folder`, named relative to `root` with "/". */
export async function readFolder(root: string, folder: string): Promise<PackedFile[]> {
  const files: PackedFile[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) files.push(...await readFolder(root, path));
    else {
      const name = relative(root, path).split(sep).join("/");
      files.push({ name, bytes: await Deno.readFile(path) });
    }
  }
  return files;
}

async function renderHeader(values: Record<string, string>): Promise<Uint8Array> {
  const template = await Deno.readTextFile(new URL("./self_extracting.sh", import.meta.url));
  const script = template.replaceAll(/@([A-Z0-9_]+)@/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`Nothing to put in place of "@${name}@"`);
    return values[name];
  });
  const bytes = new TextEncoder().encode(script);
  if (bytes.length > HEADER_BYTES) {
    throw new RangeError(`The header is ${bytes.length} bytes long, at most ${HEADER_BYTES} fit`);
  }
  const header = new Uint8Array(HEADER_BYTES).fill("\n".charCodeAt(0));
  header.set(bytes);
  return header;
}

function compress(bytes: Uint8Array, compression: Compression): Uint8Array {
  if (compression === "gzip") return gzipSync(bytes, { level: 9 });
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 19 } });
}

function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
