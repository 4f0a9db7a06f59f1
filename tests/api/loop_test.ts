/** The loop against the real daemon: what is set, what is refused, who may ask, and what becomes of answers. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { WireLoop, WireLoopNow, WireLoopStep } from "../../daemon/api/loop.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";

async function withDaemon(
  act: (daemon: DaemonProcess) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

async function send<T>(daemon: DaemonProcess, path: string, body: unknown, method = "POST") {
  const response = await daemon.fetch(path, {
    method,
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, body: await response.json() as T };
}

/** Writes a step down as the loop does. */
function addStep(daemon: DaemonProcess, outcome = "taken"): number {
  using db = new DatabaseSync(`${daemon.dataDir}/prodtracker.db`);
  db.exec("PRAGMA busy_timeout = 2000");
  const { lastInsertRowid } = db.prepare(
    `INSERT INTO loop_step (at_ms, rule, step, outcome, explanation, reason)
     VALUES (?, 'noise', 'nudge', ?, '10 of 15 minutes on reddit.com', ?)`,
  ).run(Date.parse("2026-01-31T09:30:00Z"), outcome, outcome === "held" ? "quiet hours" : null);
  return Number(lastInsertRowid);
}

const NOTHING: WireLoopNow = { nudge: null, snoozed_until: null, held_by: null };

Deno.test("GET /loop has the defaults: every rule nudges, none blocks", () =>
  withDaemon(async (daemon) => {
    const { config, now, evidence } = await daemon.get<WireLoop>("/loop");
    const steps = { nudge: true, stronger: true, block: false };
    assert.deepEqual(config, {
      on: true,
      rules: {
        noise: { on: true, minutes: 10, of_minutes: 15, steps },
        phone: { on: true, minutes: 5, steps },
        unfocused: { on: true, minutes: 2, steps },
        budget: { on: true, minutes: 30, steps },
      },
      ...{ stronger_after_minutes: 5, block_after_minutes: 5, again_after_minutes: 30 },
      ...{ cooldown_minutes: 5, clear_minutes: 5, snooze_minutes: 5 },
      block: { minutes: 15, most_a_day: 4, lists: [], domains: [] },
      ...{ quiet: null, spares_meetings: true },
    });
    assert.deepEqual(now, NOTHING);
    assert.deepEqual([evidence.noise_today_seconds, evidence.blocks_today], [0, 0]);
    assert.deepEqual(
      evidence.rules.map(({ rule, holds, wanted_seconds }) => [rule, holds, wanted_seconds]),
      [["unfocused", false, 120], ["phone", false, 300], ["noise", false, 600], [
        "budget",
        false,
        1800,
      ]],
    );
    assert.deepEqual(await daemon.get("/loop/steps"), []);
    assert.deepEqual((await daemon.get<{ loop: WireLoopNow }>("/status")).loop, NOTHING);
  }));

Deno.test("PUT /loop keeps what it takes, also over a restart, and names what it does not take", () =>
  withDaemon(async (daemon) => {
    const { config } = await daemon.get<WireLoop>("/loop");
    const changed: WireLoop["config"] = {
      ...config,
      rules: { ...config.rules, budget: { ...config.rules.budget, on: false, minutes: 12.5 } },
      quiet: { from: "22:00", to: "07:00", days: ["mon", "sun"] },
      block: { minutes: 20, most_a_day: 2, lists: ["social"], domains: ["https://Reddit.com/x"] },
    };
    const put = await send<WireLoop>(daemon, "/loop", changed, "PUT");
    assert.equal(put.status, 200, JSON.stringify(put.body));
    const kept = { ...changed, block: { ...changed.block, domains: ["reddit.com"] } };
    assert.deepEqual(put.body.config, kept);
    await daemon.stop();
    const again = await startDaemon(["--no-track"], { dataDir: daemon.dataDir });
    assert.deepEqual((await again.get<WireLoop>("/loop")).config, kept);
    const noise = config.rules.noise;
    const rules = (change: Record<string, unknown>) => ({
      ...config,
      rules: { ...config.rules, noise: { ...noise, ...change } },
    });
    const block = (change: Record<string, unknown>) => ({
      ...config,
      block: { ...config.block, ...change },
    });
    const onlyBlock = { nudge: false, stronger: false, block: true };
    for (
      const [body, status, message] of [
        ["{}", 400, /on/],
        ["[]", 400, /object/],
        ["{", 400, /JSON/],
        [{ ...config, more: 1 }, 400, /more/],
        [{ ...config, on: "yes" }, 400, /on/],
        [{ ...config, cooldown_minutes: 0 }, 422, /cooldown_minutes/],
        [{ ...config, clear_minutes: 721 }, 422, /clear_minutes/],
        [{ ...config, quiet: { from: "24:00", to: "07:00" } }, 422, /HH:MM/],
        [{ ...config, quiet: { from: "22:00", to: "07:00", days: [] } }, 422, /days/],
        [rules({ minutes: 16 }), 422, /noise for 16 of 15 minutes cannot be/],
        [rules({ minutes: 1e9 }), 422, /minutes/],
        [rules({ minutes: null }), 400, /minutes/],
        [rules({ steps: onlyBlock }), 422, /without a nudge before/],
        [rules({ steps: { nudge: true } }), 400, /steps/],
        [block({ lists: ["nosuch"] }), 422, /no list "nosuch"/],
        [block({ domains: ["127.0.0.1"] }), 422, /"127.0.0.1" is no site/],
        [block({ minutes: 241 }), 422, /minutes/],
        [block({ most_a_day: 1.5 }), 400, /most_a_day/],
      ] as [unknown, number, RegExp][]
    ) {
      const refused = await send<{ error: { message: string } }>(again, "/loop", body, "PUT");
      const said = JSON.stringify(refused.body);
      assert.equal(refused.status, status, `${JSON.stringify(body).slice(0, 200)}: ${said}`);
      assert.match(refused.body.error.message, message);
    }
    assert.deepEqual((await again.get<WireLoop>("/loop")).config, kept);
    await again.stop();
  }));

Deno.test("POST /loop/snooze is kept over a restart, ends with 0, and takes no nonsense", () =>
  withDaemon(async (daemon) => {
    const snoozed = await send<WireLoopNow>(daemon, "/loop/snooze", { minutes: 30 });
    const leftMs = Date.parse(snoozed.body.snoozed_until!) - Date.now();
    assert.ok(leftMs > 29 * 60_000 && leftMs <= 30 * 60_000);
    await daemon.kill();
    const again = await startDaemon(["--no-track"], { dataDir: daemon.dataDir });
    const { now } = await again.get<WireLoop>("/loop");
    assert.deepEqual(now, { ...NOTHING, snoozed_until: snoozed.body.snoozed_until });
    for (const [minutes, status] of [[-1, 422], [1441, 422], ["5", 400], [null, 400]]) {
      assert.equal((await send(again, "/loop/snooze", { minutes })).status, status);
    }
    assert.deepEqual((await send(again, "/loop/snooze", { minutes: 0 })).body, NOTHING);
    await again.stop();
  }));

Deno.test("POST /loop/steps/:id/answer records what was answered", () =>
  withDaemon(async (daemon) => {
    const id = addStep(daemon);
    const held = addStep(daemon, "held");
    const path = `/loop/steps/${id}/answer`;
    const list = async () => await daemon.get<WireLoopStep[]>("/loop/steps");
    assert.deepEqual(
      (await list()).map(({ outcome, reason, answer, at }) => [
        ...[outcome, reason, answer, at],
      ]),
      [
        ["held", "quiet hours", null, "2026-01-31T09:30:00.000Z"],
        ["taken", null, null, "2026-01-31T09:30:00.000Z"],
      ],
    );
    assert.equal((await daemon.get<unknown[]>("/loop/steps?limit=1")).length, 1);
    assert.deepEqual((await send(daemon, path, { answer: "dismiss" })).body, NOTHING);
    assert.equal((await list())[1].answer, "dismissed");
    const snoozed = await send<WireLoopNow>(daemon, path, { answer: "snooze", minutes: 7 });
    const leftMs = Date.parse(snoozed.body.snoozed_until!) - Date.now();
    assert.ok(leftMs > 6 * 60_000 && leftMs <= 7 * 60_000);
    assert.equal((await list())[1].answer, "snoozed");
    for (
      const [to, body, status] of [
        [path, { answer: "perhaps" }, 422],
        [path, { answer: "snooze", minutes: 0 }, 422],
        [path, {}, 400],
        [path, { answer: "dismiss", more: 1 }, 400],
        [`/loop/steps/${held}/answer`, { answer: "dismiss" }, 404],
        ["/loop/steps/99/answer", { answer: "dismiss" }, 404],
        ["/loop/steps/0/answer", { answer: "dismiss" }, 404],
        ["/loop/steps/x/answer", { answer: "dismiss" }, 404],
        ["/loop/steps/9999999999999999999/answer", { answer: "dismiss" }, 404],
      ] as [string, unknown, number][]
    ) {
      assert.equal((await send(daemon, to, body)).status, status, `${to} ${JSON.stringify(body)}`);
    }
    for (const limit of ["0", "1001", "x"]) {
      const response = await daemon.fetch(`/loop/steps?limit=${limit}`);
      await response.body?.cancel();
      assert.equal(response.status, 422);
    }
  }));

Deno.test("who may: settings and history need the token, an answer from this machine does not", async () => {
  const statusOf = async (daemon: DaemonProcess, path: string, method: string, token = "") => {
    const response = await fetch(daemon.url + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token && { "x-admin-token": token }),
      },
      ...(method === "GET"
        ? {}
        : { body: path.includes("answer") ? '{"answer":"dismiss"}' : "{}" }),
    });
    await response.body?.cancel();
    return response.status;
  };
  await withDaemon(async (daemon) => {
    const path = `/loop/steps/${addStep(daemon)}/answer`;
    assert.equal(await statusOf(daemon, "/loop", "GET"), 401);
    assert.equal(await statusOf(daemon, "/loop", "PUT"), 401);
    assert.equal(await statusOf(daemon, "/loop/steps", "GET"), 401);
    assert.equal(await statusOf(daemon, path, "POST"), 200);
    assert.equal(await statusOf(daemon, "/loop/snooze", "POST"), 400);
  });
  const token = "a-token-of-the-users-own";
  await withDaemon(async (daemon) => {
    const path = `/loop/steps/${addStep(daemon)}/answer`;
    assert.equal(await statusOf(daemon, path, "POST"), 401);
    assert.equal(await statusOf(daemon, "/loop/snooze", "POST"), 401);
    assert.equal(await statusOf(daemon, path, "POST", token), 200);
  }, { DASHBOARD_ADMIN_TOKEN: token });
});
