/**
 * A registry for tests: a real HTTP server that hands out tarballs, well or badly.
 * @module
 */
import { gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { packTar } from "../tools/tar.ts";
import type { ModelRecord } from "../vision/models.ts";
import type { NpmRegistry } from "../daemon/config/npm_registry.ts";

/** A package of tests, made of `files`, at `version` 1.0.0. */
export interface TestPackage {
  readonly name: string;
  readonly tarball: Uint8Array<ArrayBuffer>;
  /** One record a file. */
  readonly records: readonly ModelRecord[];
}

/** Packs `files` by their path; each becomes a record that is named after the last part of it. */
export function testPackage(
  name: string,
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): TestPackage {
  const packed = Object.entries(files).map(([path, bytes]) => ({ name: path, bytes }));
  const tarball = new Uint8Array(gzipSync(packTar(packed)));
  const digest = createHash("sha512").update(tarball).digest("base64");
  const records = packed.map(({ name: path, bytes }): ModelRecord => ({
    file: path.slice(path.lastIndexOf("/") + 1),
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    licence: "MIT",
    author: "nobody",
    source: {
      package: name,
      version: "1.0.0",
      integrity: `sha512-${digest}`,
      bytes: tarball.length,
      paths: [path],
    },
  }));
  return { name, tarball, records };
}

/** Bytes that do not compress, the same for the same seed. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** What a request gets: the bytes from `start` on, or anything else. */
export type Answer = (request: Request, tarball: Uint8Array<ArrayBuffer>) => Response;

/** As a good registry answers, with ranges. */
export const wellBehaved: Answer = (request, tarball) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? NaN);
  if (Number.isNaN(from)) return new Response(tarball);
  if (from >= tarball.length) return new Response(null, { status: 416 });
  const range = `bytes ${from}-${tarball.length - 1}/${tarball.length}`;
  const headers = { "content-range": range };
  return new Response(tarball.slice(from), { status: 206, headers });
};

/** Promises a good answer, sends `count` bytes of it, then cuts the connection. */
export function cutAfter(count: number): Answer {
  return (request, tarball) => {
    const { status, headers } = wellBehaved(request, tarball);
    const start = status === 206 ? Number(request.headers.get("range")!.slice(6, -1)) : 0;
    headers.set("content-length", String(tarball.length - start));
    // Bytes alone would correct the length.
    const body = new Blob([tarball.slice(start, start + count)]).stream();
    return new Response(body, { status, headers });
  };
}

export interface TestRegistry extends AsyncDisposable {
  readonly registry: NpmRegistry;
  /** The headers of the requests so far. */
  readonly requests: readonly Headers[];
  /** How the next requests are answered, one each; then `wellBehaved`. */
  readonly answers: Answer[];
}

/** Serves `packages` on a free port of this machine. */
export function serveRegistry(packages: readonly TestPackage[]): TestRegistry {
  const requests: Headers[] = [];
  const answers: Answer[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    requests.push(new Headers(request.headers));
    const { pathname } = new URL(request.url);
    const found = packages.find(({ name }) => {
      return pathname === `/npm/${name}/-/${name.split("/").at(-1)}-1.0.0.tgz`;
    });
    if (!found) return new Response("not found", { status: 404 });
    return (answers.shift() ?? wellBehaved)(request, found.tarball);
  });
  const url = `http://127.0.0.1:${server.addr.port}/npm/`;
  return {
    registry: { url, scopes: {}, authorizations: {} },
    requests,
    answers,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
    },
  };
}
