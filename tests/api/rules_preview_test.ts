/** Trying rules, and the time that no rule knows, asked of the real daemon. */
import assert from "node:assert/strict";
import type { WireRulesPreview, WireUncategorised } from "../../daemon/api/rules_preview.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";

async function withDaemon(act: (daemon: DaemonProcess) => Promise<void>): Promise<void> {
  const daemon = await startDaemon(["--no-track"], { env: { TZ: "UTC" } });
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

function send(daemon: DaemonProcess, method: string, path: string, body: unknown) {
  return daemon.fetch(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

const RULE = { match: "title", regex: "shed", class: "signal", category: "work" };

Deno.test("a preview is what putting the rules then does, and changes nothing itself", () =>
  withDaemon(async (daemon) => {
    const nowMs = Date.now() - 3 * 3_600_000;
    const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
    const events = [
      { start: at(0), end: at(30), source: "window", app: "Zorgblatt", title: "blue shed" },
      { start: at(30), end: at(50), source: "window", app: "mpv", title: "A film - YouTube" },
      { start: at(50), end: at(60), source: "window", app: "Zorgblatt", title: "\u202e<b>x" },
    ];
    const body = events.map((event) => JSON.stringify(event)).join("\n");
    const imported = await daemon.fetch("/import", { method: "POST", body });
    assert.equal((await imported.json()).added, 3);

    const before = await daemon.get<WireUncategorised>("/activity/uncategorised?days=2");
    assert.deepEqual([before.seconds, before.active_seconds, before.count], [2_400, 3_600, 2]);
    const reply = await send(daemon, "POST", "/rules/preview", { rules: [RULE] });
    const preview: WireRulesPreview = await reply.json();
    assert.equal(preview.before.neutral_seconds, 2_400);
    assert.deepEqual(
      [preview.after.neutral_seconds, preview.after.signal_seconds, preview.after.noise_seconds],
      [600, 1_800, 1_200],
    );
    assert.deepEqual(preview.top, [{
      ...{ app: "Zorgblatt", title: "blue shed", url: null, seconds: 1_800 },
      before: { class: "neutral", category: null },
      after: { class: "signal", category: "work" },
    }]);
    assert.deepEqual(preview.uses, [{ subjects: 1, seconds: 1_800 }]);
    assert.deepEqual(await daemon.get("/rules"), []);

    const put = await send(daemon, "PUT", "/rules", [RULE]);
    assert.equal(put.status, 200, await put.text());
    while ((await daemon.get<{ running: boolean }>("/rules/progress")).running);
    const again = await (await send(daemon, "POST", "/rules/preview", {})).json();
    assert.deepEqual([again.before, again.after], [preview.after, preview.after]);
    assert.deepEqual([again.subjects, again.uses], [0, preview.uses]);
    const after = await daemon.get<WireUncategorised>("/activity/uncategorised?days=2&by=place");
    assert.deepEqual([after.seconds, after.items[0].app], [600, "Zorgblatt"]);
  }));

Deno.test("a preview refuses what PUT refuses", () =>
  withDaemon(async (daemon) => {
    const cases: [unknown, number, RegExp][] = [
      [{ rules: [{ match: "title", regex: "(", class: "noise" }] }, 422, /rule 1.*regex/],
      [{ rules: [{ match: "title", class: "noise" }] }, 400, /neither/],
      [{ rules: {} }, 400, /rules/],
      [{ other: 1 }, 400, /other/],
    ];
    for (const [body, status, message] of cases) {
      const reply = await send(daemon, "POST", "/rules/preview", body);
      const { error } = await reply.json();
      assert.equal(reply.status, status, JSON.stringify(body));
      assert.match(error.message, message);
    }
    const reply = await daemon.fetch("/activity/uncategorised?days=0");
    assert.equal(reply.status, 422);
    await reply.body?.cancel();
  }));
