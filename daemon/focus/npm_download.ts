/**
 * Downloads an npm tarball to a file, going on where an earlier attempt stopped, and believes it only when
 * the digest of the whole is right.
 * @module
 */
import type { PackageSource } from "../../vision/models.ts";
import type { NpmRegistry } from "../config/npm_registry.ts";
import { UnavailableError } from "../core/errors.ts";
import { digestOf } from "./digest.ts";
import { BrokenOffError, Silence } from "./silence.ts";

/** A tarball to be had: everything of a source but what is taken out of it. */
export type Tarball = Omit<PackageSource, "paths">;

export interface DownloadOptions {
  readonly registry: NpmRegistry;
  readonly signal?: AbortSignal;
  /** Called as bytes arrive, with how many there are so far. */
  readonly onProgress?: (bytes: number) => void;
  /** How long a server may be silent, in milliseconds. @default 30 000 */
  readonly silenceMs?: number;
}

/** How often a transfer that broke off is taken up again, each time at once. */
const ATTEMPTS = 4;
const SILENCE_MS = 30_000;

/** Where `tarball` lies in its registry. */
export function tarballUrl(registry: NpmRegistry, tarball: Tarball): string {
  const [scope, name] = tarball.package.startsWith("@")
    ? tarball.package.split("/")
    : ["", tarball.package];
  const base = registry.scopes[scope] ?? registry.url;
  return new URL(`${tarball.package}/-/${name}-${tarball.version}.tgz`, base).href;
}

/**
 * Downloads `tarball` into `path`, which is complete and right afterwards.
 * @throws {UnavailableError} when it cannot be had now; what has arrived so far stays at `path` for the next
 * time. Any other error (wrong bytes, full disk) leaves nothing there.
 */
export async function downloadTarball(
  tarball: Tarball,
  path: string,
  options: DownloadOptions,
): Promise<void> {
  try {
    for (let attempt = 1;; attempt++) {
      const before = await sizeOf(path);
      if (before < tarball.bytes) await transferPersistently(tarball, path, options);
      const digest = await digestOf(path, "sha512", "base64");
      if (`sha512-${digest}` === tarball.integrity) return;
      await Deno.remove(path);
      // What was there before may have been the wrong part; what is all new has no such excuse.
      if (before === 0 || attempt > 1) {
        throw new Error("its digest is not the pinned one; somebody changed it on the way");
      }
    }
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (!(error instanceof UnavailableError)) await Deno.remove(path).catch(() => {});
    throw wrap(tarball, error as Error);
  }
}

function wrap({ package: name, version }: Tarball, error: Error): Error {
  const message = `Cannot download "${name}" ${version} from the npm registry: ${error.message}`;
  if (error instanceof UnavailableError) return new UnavailableError(message, { cause: error });
  return new Error(message, { cause: error });
}

async function transferPersistently(
  tarball: Tarball,
  path: string,
  options: DownloadOptions,
): Promise<void> {
  for (let attempt = 1;; attempt++) {
    const before = await sizeOf(path);
    try {
      return await transfer(tarball, path, before, options);
    } catch (error) {
      if (!(error instanceof BrokenOffError)) throw error;
      // A server that gave nothing new will not do so now.
      const wentOn = await sizeOf(path) > before;
      if (!wentOn || attempt === ATTEMPTS) {
        throw new UnavailableError(error.message, { cause: error });
      }
    }
  }
}

/** One request, from byte `from` on. */
async function transfer(
  tarball: Tarball,
  path: string,
  from: number,
  { registry, signal, onProgress, silenceMs = SILENCE_MS }: DownloadOptions,
): Promise<void> {
  const silence = new Silence(silenceMs, signal);
  try {
    const response = await request(tarballUrl(registry, tarball), from, registry, silence);
    const start = await startOf(response, from);
    if (start === undefined) {
      await Deno.truncate(path);
      return await transfer(tarball, path, 0, { registry, signal, onProgress, silenceMs });
    }
    using file = await Deno.open(path, { write: true, create: true });
    let have = start;
    for await (const chunk of chunksOf(response, silence)) {
      if (have === 0 && !isGzip(chunk)) {
        // What an earlier attempt brought stays: this is no answer to the request.
        throw new UnavailableError(`what came is no tarball but ${typeOf(response)}`);
      }
      if (have === start) {
        await file.truncate(start);
        await file.seek(start, Deno.SeekMode.Start);
      }
      if (have + chunk.length > tarball.bytes) {
        throw new Error(`it is longer than the ${tarball.bytes} bytes it should have`);
      }
      await writeAll(file, chunk);
      have += chunk.length;
      onProgress?.(have);
    }
    if (have < tarball.bytes) {
      throw new BrokenOffError(`the connection ended after ${have} of ${tarball.bytes} bytes`);
    }
  } finally {
    silence.end();
  }
}

async function request(
  url: string,
  from: number,
  registry: NpmRegistry,
  silence: Silence,
): Promise<Response> {
  const headers = new Headers({ "accept-encoding": "identity" });
  const authorization = authorizationFor(registry, url);
  if (authorization) headers.set("authorization", authorization);
  if (from > 0) headers.set("range", `bytes=${from}-`);
  try {
    return await fetch(url, { headers, signal: silence.signal });
  } catch (error) {
    throw silence.explain(error as Error);
  }
}

/** The login for an address: that of the longest place it lies in. */
export function authorizationFor(registry: NpmRegistry, url: string): string | undefined {
  const place = url.replace(/^https?:/, "");
  const best = Object.keys(registry.authorizations)
    .filter((key) => place.startsWith(key))
    .toSorted((a, b) => b.length - a.length)[0];
  return best && registry.authorizations[best];
}

/** At which byte the answer's body begins; `undefined`: ask again for the whole. */
async function startOf(response: Response, from: number): Promise<number | undefined> {
  if (response.status === 200) return 0;
  if (response.status === 206) {
    const range = response.headers.get("content-range");
    if (Number(/^bytes (\d+)-/.exec(range ?? "")?.[1]) === from) return from;
  }
  await response.body?.cancel();
  if (from > 0 && [206, 416].includes(response.status)) return undefined;
  throw new UnavailableError(REFUSALS[response.status] ?? `it answers ${response.status}`);
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: "it wants a login (401); npm's settings (.npmrc) have none that it takes",
  403: "it refuses (403)",
  404: "it does not have this version (404)",
};

/** The body's pieces; a transfer that breaks off is told from other failures. */
async function* chunksOf(response: Response, silence: Silence): AsyncGenerator<Uint8Array> {
  if (!response.body) throw new BrokenOffError("the answer is empty");
  const reader = response.body.getReader();
  try {
    while (true) {
      silence.heard();
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw silence.explain(error as Error);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function isGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && (second === 0x8b || second === undefined);
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

function typeOf(response: Response): string {
  const type = response.headers.get("content-type")?.split(";")[0].trim();
  return type ? `"${type}"; is there a proxy or a login page in between?` : "something else";
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
