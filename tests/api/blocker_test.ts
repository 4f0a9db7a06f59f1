/** The blocker's routes through the whole app, on a real store, with an enforcer in memory. */
import assert from "node:assert/strict";
import type { ApiDeps } from "../../daemon/api/deps.ts";
import { Guard } from "../../daemon/api/guard.ts";
import { createApp } from "../../daemon/api/mod.ts";
import { readBlockMeans } from "../../daemon/block_means.ts";
import { NotPermittedError, UnsupportedError } from "../../daemon/core/errors.ts";
import { blockScene, MIN } from "../../daemon/testing.ts";

const TOKEN = "the admin token of the test";

interface Reply {
  readonly status: number;
  // deno-lint-ignore no-explicit-any -- each test knows its own reply
  readonly body: any;
}

async function scene({ tokenConfigured = false } = {}) {
  const at = await blockScene();
  const deps = {
    blocker: at.service,
    blockMeans: () => Promise.resolve(readBlockMeans("somebody")),
    clock: { nowMs: at.machine.nowMs, monoMs: at.machine.upMs },
    onUnforeseen: (error: unknown) => {
      throw error;
    },
    guard: new Guard({
      boundHost: "127.0.0.1",
      port: () => 8000,
      requireToken: false,
      tokenConfigured,
      isValidToken: (token) => Promise.resolve(token === TOKEN),
    }),
  };
  // The blocker's routes use nothing else; another that did would fail here.
  const app = createApp(deps as unknown as Parameters<typeof createApp>[0] & ApiDeps);
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    { token = TOKEN, peer = "127.0.0.1" }: { token?: string | null; peer?: string } = {},
  ): Promise<Reply> => {
    const headers: Record<string, string> = { Host: "127.0.0.1:8000" };
    if (token !== null) headers["X-Admin-Token"] = token;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const request = new Request(`http://127.0.0.1:8000${path}`, { method, headers, body: text });
    const response = await app(request, { hostname: peer });
    return { status: response.status, body: await response.json() };
  };
  return { ...at, ask, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
}

Deno.test("manual_block and manual_unblock need no body, and on loopback no token", async () => {
  await using at = await scene();
  const free = { token: null };
  const on = await at.ask("POST", "/blocker/manual_block", undefined, free);
  assert.equal(on.status, 200, JSON.stringify(on.body));
  assert.deepEqual(
    [on.body.active, on.body.remaining_seconds, on.body.block.lists, on.body.block.actor],
    [true, 3_600, ["social", "video"], "user"],
  );
  assert.ok(at.enforcer.block);
  const status = await at.ask("GET", "/blocker/status", undefined, free);
  assert.deepEqual(status.body, on.body);
  const off = await at.ask("POST", "/blocker/manual_unblock", undefined, free);
  assert.deepEqual([off.status, off.body.active, at.enforcer.block], [200, false, undefined]);
});

Deno.test("who may call: block and unblock from loopback until a token is set, the rest with it", async () => {
  for (const tokenConfigured of [false, true]) {
    await using at = await scene({ tokenConfigured });
    const status = async (method: string, path: string, options: object) =>
      (await at.ask(method, path, undefined, options)).status;
    const here = { token: null }, elsewhere = { token: null, peer: "192.168.1.9" };
    for (const path of ["/blocker/manual_block", "/blocker/manual_unblock"]) {
      assert.equal(await status("POST", path, here), tokenConfigured ? 401 : 200, path);
      assert.equal(await status("POST", path, elsewhere), 401, path);
      assert.equal(await status("POST", path, { token: "wrong" }), tokenConfigured ? 401 : 200);
      assert.equal(await status("POST", path, { peer: "192.168.1.9" }), 200, path);
    }
    assert.equal(await status("GET", "/blocker/status", here), 200);
    assert.equal(await status("GET", "/blocker/status", elsewhere), 401);
    const secrets = ["history", "domains", "schedules", "turns", "check", "check/last", "means"];
    for (const path of [...secrets, "list?name=own"]) {
      assert.equal(await status("GET", `/blocker/${path}`, here), 401, path);
      assert.equal(await status("GET", `/blocker/${path}`, {}), 200, path);
    }
  }
});

const schedule = { days: ["mon"], from: "09:00", to: "12:00" };
const BLOCK = "/blocker/manual_block", UNBLOCK = "/blocker/manual_unblock";
const DOMAINS = "/blocker/domains", SCHEDULES = "/blocker/schedules";

const BAD: readonly [method: string, path: string, body: unknown, status: number][] = [
  ["POST", BLOCK, "{", 400],
  ["POST", BLOCK, [], 400],
  ["POST", BLOCK, { duration: 5 }, 400],
  ["POST", BLOCK, { duration_minutes: "5" }, 400],
  ["POST", BLOCK, { duration_minutes: null }, 400],
  ["POST", BLOCK, { duration_minutes: 0 }, 422],
  ["POST", BLOCK, { duration_minutes: -5 }, 422],
  ["POST", BLOCK, { duration_minutes: 1_441 }, 422],
  ["POST", BLOCK, { duration_minutes: 1e300 }, 422],
  ["POST", BLOCK, { lists: "social" }, 400],
  ["POST", BLOCK, { lists: [5] }, 400],
  ["POST", BLOCK, { lists: ["nope"] }, 422],
  ["POST", BLOCK, { lists: ["__proto__"] }, 422],
  ["POST", BLOCK, { lists: ["allowed"] }, 422],
  ["POST", BLOCK, { domains: {} }, 400],
  ["POST", BLOCK, { domains: [""] }, 422],
  ["POST", BLOCK, { domains: ["localhost"] }, 422],
  ["POST", BLOCK, { domains: ["127.0.0.1"] }, 422],
  ["POST", BLOCK, { domains: ["ok.example", "not ok"] }, 422],
  ["POST", BLOCK, { domains: ["a.example\n0.0.0.0 b.example"] }, 422],
  ["POST", BLOCK, { reason: 5 }, 400],
  ["POST", BLOCK, { reason: "x".repeat(501) }, 422],
  ["POST", BLOCK, { strict: "yes" }, 400],
  ["POST", BLOCK, { end_connections: 1 }, 400],
  ["POST", BLOCK, { reason: "x".repeat(70_000) }, 413],
  ["POST", UNBLOCK, { emergency: "yes" }, 400],
  ["POST", UNBLOCK, { now: true }, 400],
  ["GET", "/blocker/history?limit=0", undefined, 422],
  ["GET", "/blocker/history?limit=x", undefined, 422],
  ["GET", "/blocker/history?page=2", undefined, 400],
  ["GET", "/blocker/list", undefined, 400],
  ["GET", "/blocker/list?name=nope", undefined, 422],
  ["PUT", DOMAINS, { blocked: "a.example" }, 400],
  ["PUT", DOMAINS, { blocked: ["a.example", "nonsense"] }, 422],
  ["PUT", DOMAINS, { allowed: ["10.0.0.1"] }, 422],
  ["PUT", DOMAINS, { domains: [] }, 400],
  ["PUT", DOMAINS, { files: [{ name: "x" }] }, 400],
  ["PUT", DOMAINS, { files: [{ name: "x", path: "/nowhere/at/all" }] }, 404],
  ["PUT", DOMAINS, { files: [{ name: "x", path: "/" }] }, 404],
  ["PUT", DOMAINS, { files: [{ name: "x", path: "/dev/null" }] }, 404],
  ["PUT", DOMAINS, { files: [{ name: "x", path: "relative.txt" }] }, 422],
  ["PUT", DOMAINS, { files: [{ name: "social", path: "/etc/hosts" }] }, 409],
  ["PUT", DOMAINS, { files: [{ name: "a,b", path: "/etc/hosts" }] }, 422],
  ["PUT", DOMAINS, { blocked: ["x".repeat(9_000_000)] }, 413],
  ["PUT", SCHEDULES, {}, 400],
  ["PUT", SCHEDULES, [{}], 400],
  ["PUT", SCHEDULES, [{ ...schedule, days: [] }], 422],
  ["PUT", SCHEDULES, [{ ...schedule, days: ["monday"] }], 422],
  ["PUT", SCHEDULES, [{ ...schedule, from: "9" }], 422],
  ["PUT", SCHEDULES, [{ ...schedule, to: "24:00" }], 422],
  ["PUT", SCHEDULES, [{ ...schedule, from: 540 }], 400],
  ["PUT", SCHEDULES, [{ ...schedule, lists: ["nope"] }], 422],
  ["PUT", SCHEDULES, [{ ...schedule, domains: ["localhost"] }], 422],
  ["PUT", SCHEDULES, [{ ...schedule, strict: 1 }], 400],
  ["PUT", SCHEDULES, [schedule, { ...schedule, every: "day" }], 400],
  ["PUT", SCHEDULES, Array(101).fill(schedule), 422],
];

Deno.test("bad input is refused with its status, and changes nothing", async (t) => {
  await using at = await scene();
  const everything = async () => [
    await at.ask("GET", DOMAINS),
    await at.ask("GET", SCHEDULES),
    await at.ask("GET", "/blocker/history"),
    await at.ask("GET", "/blocker/status"),
  ];
  await at.ask("PUT", DOMAINS, { blocked: ["kept.example"], allowed: ["free.example"] });
  await at.ask("PUT", SCHEDULES, [schedule]);
  const before = await everything();
  for (const [method, path, body, status] of BAD) {
    const shown = JSON.stringify(body)?.slice(0, 60) ?? "";
    await t.step(`${method} ${path} ${shown}: ${status}`, async () => {
      const reply = await at.ask(method, path, body);
      assert.equal(reply.status, status, JSON.stringify(reply.body).slice(0, 500));
      assert.match(reply.body.error.code, /^[a-z_]+$/);
      assert.ok(reply.body.error.message.length < 300, reply.body.error.message);
    });
  }
  assert.deepEqual(await everything(), before);
  assert.deepEqual(at.enforcer.log, []);
});

Deno.test("what the machine refuses is answered in its own words", async () => {
  await using at = await scene();
  const cases = [
    [new NotPermittedError("run: sudo prodtracker block setup"), 403, "not_permitted"],
    [new UnsupportedError("no hosts file here"), 501, "not_supported"],
  ] as const;
  for (const [error, status, code] of cases) {
    at.enforcer.applyError = error;
    const reply = await at.ask("POST", BLOCK);
    assert.deepEqual([reply.status, reply.body.error], [status, { code, message: error.message }]);
    assert.equal((await at.ask("GET", "/blocker/status")).body.active, false);
  }
});

Deno.test("a strict block: refused with 409, an emergency says when it ends, the history how", async () => {
  await using at = await scene();
  const wish = { duration_minutes: 90, domains: ["a.example"], strict: true, reason: "thesis" };
  const on = await at.ask("POST", BLOCK, wish);
  const startMs = at.machine.wallMs;
  assert.deepEqual([on.body.block.strict, on.body.block.emergency_end], [true, null]);
  const refused = await at.ask("POST", UNBLOCK);
  assert.deepEqual([refused.status, refused.body.error.code], [409, "conflict"]);
  const asked = await at.ask("POST", UNBLOCK, { emergency: true });
  const emergencyEnd = new Date(startMs + 5 * MIN).toISOString();
  assert.deepEqual([asked.body.block.emergency_end, asked.body.remaining_seconds], [
    emergencyEnd,
    300,
  ]);
  at.machine.pass(5 * MIN);
  await at.service.tick();
  const [block] = (await at.ask("GET", "/blocker/history?limit=1")).body;
  assert.deepEqual(
    [block.how, block.ended, block.reason, block.domains],
    ["emergency", emergencyEnd, "thesis", ["a.example"]],
  );
  assert.equal((await at.ask("GET", "/blocker/status")).body.active, false);
});

Deno.test("domains and schedules come back as they were put", async () => {
  await using at = await scene();
  const put = await at.ask("PUT", DOMAINS, { blocked: ["HTTPS://Reddit.com/", "reddit.com"] });
  assert.deepEqual(put.body.blocked, ["reddit.com"]);
  await at.ask("PUT", DOMAINS, { allowed: ["old.reddit.com"] });
  const { body } = await at.ask("GET", DOMAINS);
  assert.deepEqual([body.blocked, body.allowed], [["reddit.com"], ["old.reddit.com"]]);
  await at.ask("POST", BLOCK, { lists: ["own"] });
  assert.ok(at.enforcer.block?.domains.includes("reddit.com"));
  assert.ok(!at.enforcer.block?.domains.includes("old.reddit.com"));
  const wanted = { ...schedule, lists: ["news"], domains: ["a.example"], strict: true };
  assert.deepEqual((await at.ask("PUT", SCHEDULES, [wanted])).body, [wanted]);
  assert.deepEqual((await at.ask("GET", SCHEDULES)).body, [wanted]);
  assert.equal(
    (await at.ask("GET", "/blocker/status")).body.next.start,
    "2026-01-19T09:00:00.000Z",
  );
});

Deno.test("a list of 150 000 lines from a file is blocked, and one that is gone is said to be", async () => {
  await using at = await scene();
  const path = await Deno.makeTempFile();
  const lines = Array.from({ length: 150_000 }, (_, i) => `0.0.0.0 ads-${i}.example.com\r\n`);
  await Deno.writeTextFile(path, `127.0.0.1 localhost\r\n${lines.join("")}<html>\r\n`);
  const put = await at.ask("PUT", DOMAINS, {
    files: [{ name: "ads", path }],
    allowed: ["ads-7.example.com"],
  });
  const list = put.body.lists.find(({ name }: { name: string }) => name === "ads");
  assert.deepEqual([list.count, list.path], [150_000, path]);
  assert.equal(list.note, "1 line holds no name: line 150002");
  const on = await at.ask("POST", BLOCK, { lists: ["ads"] });
  assert.equal(on.body.block.name_count, 149_999);
  assert.equal(at.enforcer.block?.domains.length, 149_999);
  await Deno.remove(path);
  const gone = await at.ask("POST", BLOCK, { lists: ["ads"] });
  assert.deepEqual([gone.status, gone.body.error.code], [404, "not_found"]);
  assert.equal((await at.ask("GET", "/blocker/status")).body.block.name_count, 149_999);
});

Deno.test("check gives the enforcer's findings", async () => {
  await using at = await scene();
  await at.ask("POST", BLOCK, { domains: ["a.example"] });
  assert.deepEqual((await at.ask("GET", "/blocker/check")).body, [
    { layer: "memory", status: "enforced", detail: "a.example is unreachable", remedy: null },
  ]);
});

Deno.test("check/last has what the last whole check found, and of which block", async () => {
  await using at = await scene();
  assert.equal((await at.ask("GET", "/blocker/check/last")).body, null);
  const { block } = (await at.ask("POST", BLOCK, { domains: ["a.example"] })).body;
  const findings = (await at.ask("GET", "/blocker/check")).body;
  const { body: last } = await at.ask("GET", "/blocker/check/last");
  const checkedAt = new Date(at.machine.wallMs).toISOString();
  assert.deepEqual(last, { at: checkedAt, block_id: block.id, findings });
  await at.ask("POST", UNBLOCK);
  assert.deepEqual((await at.ask("GET", "/blocker/check/last")).body, last, "it is told when");
});

Deno.test("turns: the one that holds, whether it was ended by hand, and the next, for each schedule", async () => {
  await using at = await scene();
  // The scene begins on Wednesday 14 January 2026, at 09:00.
  const wed = { days: ["wed"], from: "08:00", to: "12:00" };
  const night = { days: ["tue", "fri"], from: "22:30", to: "06:00" };
  await at.ask("PUT", SCHEDULES, [wed, night]);
  const nextWed = { start: "2026-01-21T08:00:00.000Z", end: "2026-01-21T12:00:00.000Z" };
  const now = { start: "2026-01-14T08:00:00.000Z", end: "2026-01-14T12:00:00.000Z" };
  const friday = { start: "2026-01-16T22:30:00.000Z", end: "2026-01-17T06:00:00.000Z" };
  const turns = async () => (await at.ask("GET", "/blocker/turns")).body;
  const ofNight = { now: null, ended: false, next: friday };
  assert.deepEqual(await turns(), [{ now, ended: false, next: nextWed }, ofNight]);
  await at.service.tick();
  await at.ask("POST", UNBLOCK);
  assert.deepEqual(await turns(), [{ now, ended: true, next: nextWed }, ofNight]);
});

Deno.test("means says whether blocking is possible here, and what block setup would put where", async () => {
  await using at = await scene();
  const { status, body } = await at.ask("GET", "/blocker/means");
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.checks[0].name, "blocker");
  assert.equal(body.possible, body.checks[0].status === "ok");
  if (Deno.build.os !== "linux") return assert.match(body.setup.hindrance, /^Cannot install/);
  assert.match(body.setup.command, /block setup$/);
  const paths = body.setup.steps.map(({ path }: { path: string }) => path);
  assert.ok(paths.includes("/usr/local/lib/prodtracker/hosts_apply"), paths.join("\n"));
});

Deno.test("who shows the lists is told when they change", async () => {
  await using at = await scene();
  const before = at.changes();
  await at.ask("PUT", DOMAINS, { blocked: ["a.example"] });
  assert.equal(at.changes(), before + 1);
});

Deno.test("the routes are described, with examples, in /openapi.json", async () => {
  await using at = await scene();
  const { body } = await at.ask("GET", "/openapi.json");
  for (const path of [BLOCK, UNBLOCK, DOMAINS, SCHEDULES, "/blocker/status", "/blocker/history"]) {
    assert.ok(body.paths[path], path);
  }
  const schema = body.paths[BLOCK].post.requestBody.content["application/json"].schema;
  assert.equal(schema.properties.duration_minutes.default, 60);
  assert.match(JSON.stringify(schema), /"example":"thesis"/);
});
