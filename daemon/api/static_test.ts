import assert from "node:assert/strict";
import type { ApiDeps } from "./deps.ts";
import { Guard } from "./guard.ts";
import { createApp } from "./mod.ts";

const PAGE = "<!doctype html><title>ProdTracker</title>";

/** A daemon with one page, and nobody who is signed in. */
function appOf() {
  const deps = {
    webFile: (path: string) =>
      Promise.resolve(path === "index.html" ? new TextEncoder().encode(PAGE) : undefined),
    stopping: new AbortController().signal,
    guard: new Guard({
      boundHost: "127.0.0.1",
      port: () => 8000,
      pcIp: "192.168.1.2",
      requireToken: false,
      tokenConfigured: false,
      isValidToken: () => Promise.resolve(false),
    }),
  } as unknown as ApiDeps;
  const app = createApp(deps as Parameters<typeof createApp>[0]);
  return (path: string, headers: Record<string, string>, method = "GET") => {
    const url = `http://localhost:8000${path}`;
    const request = new Request(url, { method, headers: { host: "localhost:8000", ...headers } });
    return app(request, { hostname: "127.0.0.1" });
  };
}

const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
/** What a browser says of a link on a page of another site, and of a script's request there. */
const LINK = {
  "sec-fetch-site": "cross-site",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
};
const SCRIPT = {
  "sec-fetch-site": "cross-site",
  "sec-fetch-mode": "no-cors",
  "sec-fetch-dest": "empty",
};

for (const path of ["/rules", "/edits"]) {
  Deno.test(`${path} is the page for who opens it, data with a token for who asks for data, and neither for other sites' scripts`, async () => {
    const ask = appOf();
    for (const headers of [BROWSER, { ...BROWSER, ...LINK }]) {
      const page = await ask(path, headers);
      assert.equal(await page.text(), PAGE);
      // No cache hands the page to who wants data.
      assert.equal(page.headers.get("vary"), "Accept");
      assert.equal(page.headers.get("cross-origin-resource-policy"), "same-origin");
      assert.match(page.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
    }
    const asking: Record<string, string>[] = [
      ...[{}, { accept: "application/json" }, { accept: "*/*", ...LINK }],
    ];
    for (const headers of asking) {
      const data = await ask(path, headers);
      assert.equal(data.status, 401);
      assert.equal(data.headers.get("cache-control"), "no-store");
      await data.body?.cancel();
    }
    for (const headers of [{ ...BROWSER, ...SCRIPT }, { accept: "*/*", ...SCRIPT }]) {
      const refused = await ask(path, headers);
      assert.equal(refused.status, 403);
      await refused.body?.cancel();
    }
    // What changes something never means the page.
    const written = await ask(path, { ...BROWSER, "content-type": "application/json" }, "PUT");
    assert.ok(written.status === 401 || written.status === 405, `${written.status}`);
    await written.body?.cancel();
  });
}

Deno.test("pages for another origin of this machine vary by it, and by what is accepted", async () => {
  const page = await appOf()("/", { ...BROWSER, origin: "http://192.168.1.2:8000" });
  assert.equal(page.headers.get("vary"), "Accept, Origin");
  await page.body?.cancel();
});
