import assert from "node:assert/strict";
import { HttpError } from "./errors.ts";
import { Guard, isLoopback } from "./guard.ts";

const OPTIONS = {
  boundHost: "0.0.0.0",
  port: () => 8000,
  pcIp: "192.168.7.9",
  requireToken: false,
  tokenConfigured: false,
  isValidToken: (token: string) => Promise.resolve(token === "right"),
};
const guard = new Guard(OPTIONS);

function request(headers: Record<string, string>, path = "/health", method = "GET"): Request {
  return new Request(`http://localhost:8000${path}`, {
    method,
    headers: { host: "localhost:8000", ...headers },
  });
}

/** The status with which a request is refused, or 200. */
function statusOf(headers: Record<string, string>, path?: string): number {
  try {
    guard.admit(request(headers, path));
    return 200;
  } catch (error) {
    assert.ok(error instanceof HttpError);
    return error.status;
  }
}

const CASES: [name: string, headers: Record<string, string>, status: number][] = [
  ["localhost", {}, 200],
  ["127.0.0.1", { host: "127.0.0.1:8000" }, 200],
  ["IPv6 loopback", { host: "[::1]:8000" }, 200],
  ["a forwarded port", { host: "localhost:9999" }, 200],
  ["PC_IP", { host: "192.168.7.9:8000" }, 200],
  ["a rebound name", { host: "evil.example:8000" }, 403],
  ["a name that begins like ours", { host: "localhost.evil.example" }, 403],
  ["the any-address", { host: "0.0.0.0:8000" }, 403],
  ["no Host", { host: "" }, 403],
  ["our origin", { origin: "http://localhost:8000", "sec-fetch-site": "same-origin" }, 200],
  ["a foreign origin", { origin: "https://evil.example" }, 403],
  ["Origin: null", { origin: "null" }, 403],
  ["another local port", { origin: "http://localhost:3000", "sec-fetch-site": "same-site" }, 403],
  ["another local port without Origin", { "sec-fetch-site": "same-site" }, 403],
  ["another site without Origin", { "sec-fetch-site": "cross-site" }, 403],
  ["typed in the address bar", { "sec-fetch-site": "none" }, 200],
  ["PC_IP's page", { origin: "http://192.168.7.9:8000", "sec-fetch-site": "cross-site" }, 200],
  ["PC_IP's other port", { origin: "http://192.168.7.9:9000" }, 403],
  ["an origin with our name as user", { origin: "http://localhost:8000@evil.example" }, 403],
];

for (const [name, headers, status] of CASES) {
  Deno.test(`Guard.admit() answers ${status} to ${name}`, () => {
    assert.equal(statusOf(headers), status);
  });
}

for (const path of ["//health", "/health//", "/%68ealth", "/rules%2ftest", "/a%00b"]) {
  Deno.test(`Guard.admit() refuses the path ${path}`, () => assert.equal(statusOf({}, path), 400));
}

Deno.test("Guard.admit() lets a link from elsewhere open the page, and nothing else", () => {
  const visit = {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  };
  assert.equal(statusOf(visit, "/"), 200);
  assert.equal(statusOf(visit, "/focus"), 200);
  assert.equal(statusOf(visit, "/rules"), 200);
  assert.equal(statusOf(visit, "/focus/sessions"), 403);
  assert.equal(statusOf(visit, "/events/recent"), 403);
  assert.equal(statusOf({ ...visit, "sec-fetch-dest": "iframe" }, "/"), 403);
});

Deno.test("Guard.authorize() frees free routes on loopback only, and never without an address", async () => {
  const free = (hostname?: string) => guard.authorize(request({}), "free", { hostname });
  await free("127.0.0.1");
  await free("::1");
  for (const address of ["192.168.7.20", "10.0.0.1", undefined, "127.evil.example"]) {
    await assert.rejects(free(address), (e) => e instanceof HttpError && e.status === 401);
  }
});

Deno.test("Guard.authorize() asks for the token where it must, and takes only the right one", async () => {
  const call = (token?: string) =>
    guard.authorize(request(token === undefined ? {} : { "x-admin-token": token }), "token", {
      hostname: "127.0.0.1",
    });
  await call("right");
  await assert.rejects(call(), /admin token/);
  await assert.rejects(call("wrong"), /not valid/);
  await assert.rejects(call(""), /not valid/);
});

Deno.test("Guard.authorize() frees local routes on loopback until the user has set a token", async () => {
  const local = (by: Guard, hostname: string, token?: string) =>
    by.authorize(request(token === undefined ? {} : { "x-admin-token": token }), "local", {
      hostname,
    });
  await local(guard, "127.0.0.1");
  await assert.rejects(local(guard, "192.168.7.20"), /admin token/);
  for (const closed of [{ tokenConfigured: true }, { requireToken: true }]) {
    const strict = new Guard({ ...OPTIONS, ...closed });
    await assert.rejects(local(strict, "127.0.0.1"), /admin token/);
    await local(strict, "127.0.0.1", "right");
  }
});

Deno.test("Guard.corsHeaders() are for PC_IP's origin alone", () => {
  const origin = "http://192.168.7.9:8000";
  assert.equal(guard.corsHeaders(request({ origin }))["Access-Control-Allow-Origin"], origin);
  assert.deepEqual(guard.corsHeaders(request({ origin: "http://localhost:8000" })), {});
  assert.deepEqual(guard.corsHeaders(request({})), {});
});

Deno.test("isLoopback() knows the addresses that cannot come from outside", () => {
  for (const yes of ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]) {
    assert.ok(isLoopback(yes));
  }
  for (const no of ["128.0.0.1", "::2", "localhost", "", undefined]) assert.ok(!isLoopback(no));
});

Deno.test("Guard.admit() takes the name of an HTTP/2 request from its URL, by TLS only", () => {
  const without = (url: string) => {
    const plain = new Request(url);
    plain.headers.delete("host");
    return () => guard.admit(plain);
  };
  without("https://192.168.7.9:8000/health")();
  assert.throws(without("https://evil.example/health"), HttpError);
  assert.throws(without("http://192.168.7.9:8000/health"), HttpError);
});
