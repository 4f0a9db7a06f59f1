/** Downloads from a real HTTP server that behaves badly in every way. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Answer,
  cutAfter,
  noise,
  serveRegistry,
  type TestPackage,
  testPackage,
  type TestRegistry,
} from "../../tests/npm_double.ts";
import { UnavailableError } from "../core/errors.ts";
import { type DownloadOptions, downloadTarball, type Tarball, tarballUrl } from "./npm_download.ts";

const PACKAGE = testPackage("@scope/thing", { "package/file": noise(300_000) });
const TARBALL: Tarball = PACKAGE.records[0].source;

interface Scene {
  readonly server: TestRegistry;
  /** Where the tarball comes to be. */
  readonly path: string;
  download(options?: Partial<DownloadOptions>, tarball?: Tarball): Promise<void>;
  /** What lies there: "whole", a number of right bytes, "other", or `undefined`. */
  there(): Promise<"whole" | "other" | number | undefined>;
}

async function inScene(
  answers: readonly Answer[],
  fn: (scene: Scene) => Promise<void>,
  packages: readonly TestPackage[] = [PACKAGE],
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const path = join(dir, "thing.tgz");
  try {
    await using server = serveRegistry(packages);
    server.answers.push(...answers);
    const { registry } = server;
    await fn({
      server,
      path,
      download: (options, tarball = TARBALL) =>
        downloadTarball(tarball, path, { registry, ...options }),
      async there() {
        const bytes = await Deno.readFile(path).catch(() => undefined);
        if (!bytes) return undefined;
        if (!bytes.every((byte, index) => byte === PACKAGE.tarball[index])) return "other";
        return bytes.length === PACKAGE.tarball.length ? "whole" : bytes.length;
      },
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The error of a download that fails, which names the package. */
async function failure(download: Promise<void>): Promise<Error> {
  const error: Error = await download.then(() => assert.fail("it did not fail"), (error) => error);
  assert.match(
    error.message,
    /^Cannot download "@scope\/thing" 1\.0\.0 from the npm registry: [^\n]+[^.\n]$/,
  );
  return error;
}

const ranges = ({ requests }: TestRegistry) => requests.map((headers) => headers.get("range"));

Deno.test("tarballUrl() is where npm's own client looks, by scope", () => {
  const registry = {
    url: "https://one.test/npm/",
    scopes: { "@scope": "https://two.test/" },
    authorizations: {},
  };
  assert.equal(tarballUrl(registry, TARBALL), "https://two.test/@scope/thing/-/thing-1.0.0.tgz");
  const plain = { ...TARBALL, package: "x.y" };
  assert.equal(tarballUrl(registry, plain), "https://one.test/npm/x.y/-/x.y-1.0.0.tgz");
});

Deno.test("downloadTarball() brings the whole and says how far it is", () =>
  inScene([], async ({ download, there }) => {
    const told: number[] = [];
    await download({ onProgress: (bytes) => told.push(bytes) });
    assert.equal(await there(), "whole");
    assert.deepEqual(told, told.toSorted((a, b) => a - b));
    assert.equal(told.at(-1), TARBALL.bytes);
  }));

Deno.test("downloadTarball() goes on after each cut, with nothing sent twice", () =>
  inScene([cutAfter(100_000), cutAfter(50_000)], async ({ server, download, there }) => {
    await download();
    assert.equal(await there(), "whole");
    const [first, ...others] = ranges(server);
    assert.equal(first, null);
    // How much of a cut answer arrives is the network's affair.
    const starts = others.map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1]));
    assert.equal(starts.length, 2);
    assert.ok(0 < starts[0] && starts[0] <= 100_000, String(starts));
    assert.ok(starts[0] < starts[1] && starts[1] <= starts[0] + 50_000, String(starts));
  }));

Deno.test("downloadTarball() keeps what it has when the line stays bad, and goes on with it next time", () =>
  inScene(Array(4).fill(cutAfter(1_000)), async ({ server, download, there }) => {
    assert.ok(await failure(download()) instanceof UnavailableError);
    const kept = await there();
    assert.ok(typeof kept === "number" && kept > 0);
    await download();
    assert.equal(await there(), "whole");
    assert.equal(ranges(server).at(-1), `bytes=${kept}-`);
  }));

Deno.test("downloadTarball() takes the whole from a server that knows no ranges", () =>
  inScene([(_, tarball) => new Response(tarball)], async ({ server, path, download, there }) => {
    await Deno.writeFile(path, PACKAGE.tarball.slice(0, 1_000));
    await download();
    assert.equal(await there(), "whole");
    assert.deepEqual(ranges(server), ["bytes=1000-"]);
  }));

Deno.test("downloadTarball() asks for the whole when it gets another part than it asked for", () =>
  inScene([
    (_, tarball) =>
      new Response(tarball.slice(5), {
        status: 206,
        headers: { "content-range": `bytes 5-${tarball.length - 1}/${tarball.length}` },
      }),
  ], async ({ server, path, download, there }) => {
    await Deno.writeFile(path, PACKAGE.tarball.slice(0, 1_000));
    await download();
    assert.equal(await there(), "whole");
    assert.deepEqual(ranges(server), ["bytes=1000-", null]);
  }));

for (
  const [what, bytes] of [
    ["shorter", noise(1_000)],
    ["as long", noise(TARBALL.bytes)],
    ["longer", noise(TARBALL.bytes + 1)],
  ] as const
) {
  Deno.test(`downloadTarball() starts again when what was there is ${what} and wrong`, () =>
    inScene([], async ({ path, download, there }) => {
      await Deno.writeFile(path, bytes);
      await download();
      assert.equal(await there(), "whole");
    }));
}

Deno.test("downloadTarball() uses what is there, whole and right, without network", () =>
  inScene([], async ({ server, path, download }) => {
    await Deno.writeFile(path, PACKAGE.tarball);
    await download();
    assert.deepEqual(server.requests, []);
  }));

/** Answers with the tarball of another package as long as this one. */
const forged: Answer = (_, tarball) => {
  const bytes = tarball.slice();
  bytes[bytes.length - 1] ^= 1;
  return new Response(bytes);
};

/** What a bad server does, what is said, and whether trying again may help. */
const FAILURES: readonly [what: string, Answer[], said: RegExp, mayHelp: boolean][] = [
  ["changes a byte", [forged], /digest is not the pinned one/, false],
  [
    "sends more",
    [(_, tarball) => new Response(new Blob([tarball, tarball]).stream())],
    /longer than the \d+ bytes/,
    false,
  ],
  [
    "ends early, and has no more",
    Array(4).fill((_: Request, tarball: Uint8Array) =>
      new Response(new Blob([tarball.slice(0, 500)]).stream())
    ),
    /ended after 500 of \d+ bytes/,
    true,
  ],
  [
    "sends a page",
    [() => new Response("<html>", { headers: { "content-type": "text/html; charset=utf-8" } })],
    /no tarball but "text\/html"; is there a proxy or a login page in between\?/,
    true,
  ],
  ["has an empty answer", [() => new Response(null)], /ended after 0 of \d+ bytes|empty/, true],
  ["does not have it", [() => new Response("", { status: 404 })], /not have this version/, true],
  ["wants a login", [() => new Response("", { status: 401 })], /wants a login \(401\)/, true],
  ["refuses", [() => new Response("", { status: 403 })], /refuses \(403\)/, true],
  ["is broken", [() => new Response("", { status: 503 })], /answers 503/, true],
  ["cuts at once", [cutAfter(0)], /connection failed/, true],
];

for (const [what, answers, said, mayHelp] of FAILURES) {
  Deno.test(`downloadTarball() says that the registry ${what}`, () =>
    inScene(answers, async ({ download, there }) => {
      const error = await failure(download());
      assert.match(error.message, said);
      assert.equal(error instanceof UnavailableError, mayHelp);
      if (!mayHelp) assert.equal(await there(), undefined);
    }));
}

Deno.test("downloadTarball() keeps an earlier part through a login page", () =>
  inScene([() => new Response("<html>")], async ({ path, download, there }) => {
    await Deno.writeFile(path, PACKAGE.tarball.slice(0, 1_000));
    await failure(download());
    assert.equal(await there(), 1_000);
    await download();
    assert.equal(await there(), "whole");
  }));

Deno.test("downloadTarball() says in one line that there is no network", () =>
  inScene([], async ({ download }) => {
    const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = free.addr;
    free.close();
    const registry = { url: `http://127.0.0.1:${port}/`, scopes: {}, authorizations: {} };
    const error = await failure(download({ registry }));
    assert.ok(error instanceof UnavailableError);
    assert.match(error.message, /the connection failed/);
  }));

Deno.test("downloadTarball() does not wait for a server that has gone silent", () =>
  inScene([
    (_, tarball) =>
      new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(tarball.slice(0, 100)) }),
      ),
    () =>
      new Response(
        new ReadableStream({ start() {} }),
        { status: 206, headers: { "content-range": `bytes 100-${TARBALL.bytes - 1}/*` } },
      ),
  ], async ({ download, there }) => {
    const error = await failure(download({ silenceMs: 200 }));
    assert.ok(error instanceof UnavailableError);
    assert.match(error.message, /nothing came for 0\.2 s/);
    assert.equal(await there(), 100);
  }));

Deno.test("downloadTarball() ends at once when it is told to, and can be taken up again", () =>
  inScene([
    (_, tarball) =>
      new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(tarball.slice(0, 100)) }),
      ),
  ], async ({ download, there }) => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const over = download({ signal: stop.signal, onProgress: () => stop.abort(reason) });
    assert.equal(await over.catch((error) => error), reason);
    assert.equal(await there(), 100);
    await download();
    assert.equal(await there(), "whole");
  }));

Deno.test("downloadTarball() logs in where npm's settings say, and nowhere else", async () => {
  await using elsewhere = serveRegistry([PACKAGE]);
  await inScene([
    (request) => {
      const { pathname } = new URL(request.url);
      return Response.redirect(new URL(pathname, elsewhere.registry.url).href, 302);
    },
  ], async ({ server, download, there }) => {
    const place = server.registry.url.replace("http:", "");
    const authorizations = {
      "//": "Bearer everybody's",
      [place]: "Bearer secret",
      [`${place}other/`]: "Bearer other",
    };
    await download({ registry: { ...server.registry, authorizations } });
    assert.equal(await there(), "whole");
    assert.equal(server.requests[0].get("authorization"), "Bearer secret");
    assert.equal(elsewhere.requests.length, 1);
    assert.equal(elsewhere.requests[0].get("authorization"), null);
  });
});

Deno.test("downloadTarball() shows no login when it fails", () =>
  inScene([() => new Response("", { status: 401 })], async ({ server, download }) => {
    const authorizations = { [server.registry.url.replace("http:", "")]: "Bearer secret" };
    const error = await failure(download({ registry: { ...server.registry, authorizations } }));
    assert.ok(!`${error.stack} ${error.cause}`.includes("secret"));
  }));
