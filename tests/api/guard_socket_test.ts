/** The guard over a real socket: what a hostile page or host could send, byte by byte. */
import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";

interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends a request exactly as written: fetch would tidy the path and refuse the headers. */
async function raw(
  address: { hostname: string; port: number },
  method: string,
  path: string,
  headers: Record<string, string>,
  body = "",
): Promise<RawResponse> {
  using connection = await Deno.connect(address);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const length = body ? `Content-Length: ${body.length}\r\nContent-Type: application/json\r\n` : "";
  await connection.write(
    new TextEncoder().encode(
      `${method} ${path} HTTP/1.1\r\n${lines}${length}Connection: close\r\n\r\n${body}`,
    ),
  );
  const text = await new Response(connection.readable).text();
  const [head, ...rest] = text.split("\r\n\r\n");
  const [first, ...fields] = head.split("\r\n");
  return {
    status: Number(first.split(" ")[1]),
    headers: new Headers(fields.map((line) => line.split(/:\s*(.*)/, 2) as [string, string])),
    body: rest.join("\r\n\r\n"),
  };
}

async function withDaemon(
  args: string[],
  env: Record<string, string>,
  work: (daemon: DaemonProcess, port: number) => Promise<void>,
): Promise<void> {
  const daemon = await startDaemon(args, { env });
  try {
    await work(daemon, Number(new URL(daemon.url).port));
  } finally {
    await daemon.stop();
    Deno.removeSync(daemon.dataDir, { recursive: true });
  }
}

const RULES = JSON.stringify([{ match: "app", exact: "evil", class: "noise" }]);

Deno.test("a foreign Host, Origin or site, odd paths and a missing token are refused, and change nothing", () =>
  withDaemon(["--no-track"], {}, async (daemon, port) => {
    const address = { hostname: "127.0.0.1", port };
    const own = { Host: `127.0.0.1:${port}` };
    const token = { "X-Admin-Token": daemon.token };
    const before = await daemon.get("/rules");
    const refused: [string, Record<string, string>, string, number][] = [
      ["a foreign Host", { Host: "evil.example", ...token }, "/rules", 403],
      ["a foreign Host on a free route", { Host: "evil.example" }, "/events/recent", 403],
      ["a foreign Origin", { ...own, ...token, Origin: "https://evil.example" }, "/rules", 403],
      ["Origin: null", { ...own, ...token, Origin: "null" }, "/rules", 403],
      [
        "a page on another local port",
        { ...own, ...token, Origin: "http://localhost:3000" },
        "/rules",
        403,
      ],
      [
        "the same without Origin",
        { ...own, ...token, "Sec-Fetch-Site": "same-site" },
        "/rules",
        403,
      ],
      ["another site", { ...own, ...token, "Sec-Fetch-Site": "cross-site" }, "/rules", 403],
      ["a port that cannot be", { Host: "localhost:99999", ...token }, "/rules", 400],
      ["a // path", { ...own, ...token }, "//rules", 400],
      ["an encoded path", { ...own, ...token }, "/%72ules", 400],
      ["an encoded slash", { ...own, ...token }, "/x%2f..%2frules", 400],
      ["no token", own, "/rules", 401],
      ["a wrong token", { ...own, "X-Admin-Token": "0".repeat(64) }, "/rules", 401],
      ["the token in a cookie", { ...own, Cookie: `token=${daemon.token}` }, "/rules", 401],
    ];
    for (const [name, headers, path, status] of refused) {
      for (const method of ["PUT", "GET"]) {
        const response = await raw(address, method, path, headers, method === "PUT" ? RULES : "");
        if (path === "/events/recent" && method === "PUT") continue;
        assert.equal(response.status, status, `${method} ${path} with ${name}: ${response.body}`);
        assert.ok(!response.headers.has("access-control-allow-origin"), name);
      }
    }
    assert.deepEqual(await daemon.get("/rules"), before);
    const allowed = await raw(address, "PUT", "/rules", { ...own, ...token }, RULES);
    assert.equal(allowed.status, 200, allowed.body);
    assert.notDeepEqual(await daemon.get("/rules"), before);
  }));

Deno.test("with PRODTRACKER_REQUIRE_TOKEN nothing but the page itself is free", () =>
  withDaemon(["--no-track"], { PRODTRACKER_REQUIRE_TOKEN: "true" }, async (daemon) => {
    for (
      const path of ["/health", "/metrics", "/metrics/snr", "/events/recent", "/summary", "/stream"]
    ) {
      const response = await fetch(`${daemon.url}${path}`);
      assert.equal(response.status, 401, path);
      await response.body?.cancel();
    }
    await daemon.get("/health");
  }));

Deno.test("with --host 0.0.0.0, another address gets in by PC_IP and the token, preflight included", async () => {
  const pcIp = Object.values(networkInterfaces()).flat()
    .find((each) => each?.family === "IPv4" && !each.internal)?.address;
  assert.ok(pcIp, "this machine has no address but loopback");
  await withDaemon(["--no-track", "--host", "0.0.0.0"], { PC_IP: pcIp }, async (daemon, port) => {
    const address = { hostname: pcIp, port };
    const host = { Host: `${pcIp}:${port}` };
    const origin = { Origin: `http://${pcIp}:${port}` };
    const token = { "X-Admin-Token": daemon.token };
    for (const path of ["/health", "/events/recent", "/metrics"]) {
      assert.equal((await raw(address, "GET", path, host)).status, 401, path);
      assert.equal((await raw(address, "GET", path, { ...host, ...token })).status, 200, path);
    }
    const preflight = await raw(address, "OPTIONS", "/rules", {
      ...host,
      ...origin,
      "Access-Control-Request-Method": "PUT",
      "Access-Control-Request-Headers": "x-admin-token",
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), origin.Origin);
    const written = await raw(address, "PUT", "/rules", { ...host, ...origin, ...token }, RULES);
    assert.equal(written.status, 200, written.body);
    assert.equal(written.headers.get("access-control-allow-origin"), origin.Origin);
    assert.equal((await raw(address, "GET", "/", host)).status, 200);
    const foreign = await raw(address, "GET", "/health", { Host: "evil.example", ...token });
    assert.equal(foreign.status, 403);
  });
});
