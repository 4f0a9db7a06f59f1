/** What a focus session sends and writes: numbers of states, and nothing of a picture. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Request } from "playwright-core";
import { MODELS } from "../../vision/models.ts";
import {
  endSession,
  LOOKING,
  Stage,
  STAGE_NEEDS,
  startSession,
  TURNED,
  untilState,
} from "./focus_stage.ts";

const { ignore, suffix } = STAGE_NEEDS;

/** A picture as the models see it has 1.2 MB; even a very small one has more than this. */
const MAX_BODY_BYTES = 4_096;
/** How the files of pictures and films begin. */
const MAGIC: Record<string, RegExp> = {
  JPEG: /\xff\xd8\xff/,
  PNG: /\x89PNG\r\n/,
  WebP: /RIFF....WEBP/s,
  GIF: /GIF8[79]a/,
  WebM: /E\xdf\xa3/,
  MP4: /ftyp(isom|mp42|avc1|iso5)/,
};

/** All that may be in what is sent: names and numbers of the API, ISO times, JSON's own signs. */
const WORDS = new Set([
  ...["sequence", "start", "spans", "state", "seconds", "source", "browser", "camera"],
  ...["planned_minutes", "focused", "unfocused", "no_face", "uncertain", "null"],
]);

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function assertNoPicture(bytes: Uint8Array, what: string): void {
  const text = latin1(bytes);
  for (const [kind, magic] of Object.entries(MAGIC)) {
    assert.doesNotMatch(text, magic, `${what}: ${kind}`);
  }
}

function assertPlain(request: Request, camera: string): void {
  const body = request.postDataBuffer();
  const what = `${request.method()} ${request.url()}`;
  if (!body) return;
  assert.ok(body.length <= MAX_BODY_BYTES, `${what}: ${body.length} bytes`);
  assertNoPicture(body, what);
  const rest = latin1(body).replace(JSON.stringify(camera), "").replaceAll(/\d[\dTZ:.-]*/g, "");
  for (const word of rest.match(/\w+/g) ?? []) assert.ok(WORDS.has(word), `${what}: ${word}`);
}

Deno.test({
  name: `a session sends states to its own origin, and leaves no picture anywhere${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: [LOOKING(7), TURNED(30)] });
    const before = await filesOf(stage.dataDir);
    const visit = await stage.visit("/focus", {
      prepare: `globalThis.violations = [];
        addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective));`,
    });
    const { page, requests, problems } = visit;
    await startSession(page);
    await untilState(page, "Unfocused", "Looking away");
    await page.waitForTimeout(6_000);
    const [{ camera }] = await stage.sessions();
    await endSession(page);

    assert.deepEqual(await page.evaluate("violations"), []);
    assert.deepEqual(problems, []);
    const origins = new Set(requests.map((request) => new URL(request.url()).origin));
    // A blob would be a script that was made of text.
    assert.deepEqual([...origins], [stage.url]);
    const paths = requests.map((request) => new URL(request.url()).pathname);
    // The worker's requests are seen too, or this test would prove nothing.
    assert.ok(paths.includes("/models/face.onnx"), `${paths}`);
    assert.ok(paths.some((path) => path.endsWith("/samples")));
    for (const request of requests) assertPlain(request, camera ?? "");

    // SQLite, the lock, the token and the note: what was there before, and no large growth of it.
    const after = await filesOf(stage.dataDir);
    assert.deepEqual([...after.keys()].toSorted(), [...before.keys()].toSorted());
    for (const [path, bytes] of after) {
      assertNoPicture(bytes, path);
      const grownBytes = bytes.length - (before.get(path)?.length ?? 0);
      assert.ok(grownBytes < 512 * 1024, `${path} grew by ${grownBytes} bytes`);
    }
  },
});

Deno.test({
  name: `the page's policy lets only the worker compile WebAssembly, and models be cached${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({});
    const get = async (path: string) => {
      const response = await fetch(stage.url + path);
      const policy = response.headers.get("content-security-policy");
      const [type, cache] = ["content-type", "cache-control"].map((name) =>
        response.headers.get(name)
      );
      return { status: response.status, policy, type, cache, text: latin1(await response.bytes()) };
    };
    const page = await get("/focus");
    assert.match(page.policy ?? "", /script-src 'self'; worker-src 'self';/);
    assert.doesNotMatch(page.policy ?? "", /unsafe|\*/);
    const worker = /content="(\/assets\/vision_worker-[^"]+)"/.exec(page.text)?.[1] ?? "";
    const { policy, cache } = await get(worker);
    assert.match(policy ?? "", /script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';/);
    assert.match(policy ?? "", /default-src 'none'.*connect-src 'self'/);
    assert.match(cache ?? "", /immutable/);
    assert.doesNotMatch((await get("/")).policy ?? "", /unsafe/);

    const { file, bytes, sha256 } = MODELS.face;
    const model = await get(`/models/${file}?v=${sha256.slice(0, 16)}`);
    assert.deepEqual([model.status, model.type], [200, "application/octet-stream"]);
    assert.match(model.cache ?? "", /immutable/);
    assert.equal(model.text.length, bytes);
    // A page of another build, which wants another file by this name, must not keep this one.
    for (const query of ["", "?v=0123456789abcdef"]) {
      assert.equal((await get(`/models/${file}${query}`)).cache, "no-cache", query);
    }
    assert.equal((await get("/models/ort-wasm-simd-threaded.wasm?v=1")).type, "application/wasm");
    for (const path of ["/models/other.onnx", "/models/licences.txt", "/models/"]) {
      assert.equal((await get(path)).status, 404, path);
    }
  },
});

async function filesOf(folder: string, prefix = ""): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, prefix))) {
    const path = prefix + name;
    if (!isDirectory) files.set(path, await Deno.readFile(join(folder, path)));
    else for (const entry of await filesOf(folder, `${path}/`)) files.set(...entry);
  }
  return files;
}
