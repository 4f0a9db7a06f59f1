/** Which daemon a command talks to, and what it makes of its answers. */
import assert from "node:assert/strict";
import { startDaemon } from "../tests/daemon_process.ts";
import { Cli } from "./testing.ts";

Deno.test("API_BASE: the token decides, a wrong one is not permitted", async () => {
  using cli = new Cli();
  const token = "a-token-of-the-user-1";
  const env = { DASHBOARD_ADMIN_TOKEN: token };
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir, env });
  try {
    const remote = { API_BASE: `${daemon.url}/`, PRODTRACKER_DATA_DIR: `${cli.dir}/elsewhere` };
    const right = await cli.run(["status", "--json"], { env: { ...remote, ...env } });
    assert.equal(right.code, 0, right.stderr);
    for (const wrong of ["", "a-token-of-another-1"]) {
      const { code, stderr } = await cli.run(["status"], {
        env: { ...remote, DASHBOARD_ADMIN_TOKEN: wrong },
      });
      assert.equal(code, 4);
      assert.match(stderr, /^prodtracker: Cannot use the daemon: .*DASHBOARD_ADMIN_TOKEN/);
      assert.ok(!stderr.includes("a-token-of"));
    }
    assert.throws(() => Deno.statSync(`${cli.dir}/elsewhere`), "no local directory was made");
  } finally {
    await daemon.stop();
  }
});

Deno.test("API_BASE: something else than ProdTracker is told, and a redirect gets no token", async () => {
  using cli = new Cli();
  let tokens = 0;
  const other = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    if (request.headers.has("x-admin-token")) tokens++;
    if (new URL(request.url).pathname === "/status") return new Response("<html>", { status: 404 });
    if (new URL(request.url).pathname === "/summary") return new Response("<html>");
    return Response.redirect(new URL("/stolen", request.url));
  });
  const base = `http://127.0.0.1:${other.addr.port}`;
  try {
    const token = { DASHBOARD_ADMIN_TOKEN: "a-token-of-the-user-1" };
    const status = await cli.run(["status"], { env: { API_BASE: base, ...token } });
    assert.equal(status.code, 1);
    assert.match(status.stderr, /status 404 and is not ProdTracker's/);
    assert.equal(tokens, 1);
    const summary = await cli.run(["summary"], { env: { API_BASE: base } });
    assert.equal(summary.code, 1);
    assert.match(
      summary.stderr,
      /^prodtracker: Cannot use the reply to \/summary: .*ProdTracker's\n$/,
    );
    const redirected = await cli.run(["rules"], { env: { API_BASE: base, ...token } });
    assert.equal(redirected.code, 3, redirected.stderr);
    assert.equal(tokens, 2);
  } finally {
    await other.shutdown();
  }
});

Deno.test("a second service says who has the directory, and ends with 1", async () => {
  using cli = new Cli();
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  try {
    for (const args of [["serve", "--port", "0"], ["track"]]) {
      const { code, stdout, stderr } = await cli.run(args);
      assert.equal(code, 1);
      assert.equal(stdout, "");
      assert.ok(stderr.includes(`serve (process ${daemon.pid})`), stderr);
      assert.ok(stderr.includes(daemon.url), stderr);
    }
  } finally {
    await daemon.stop();
  }
});
