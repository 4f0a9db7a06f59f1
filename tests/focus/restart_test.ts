/** A session whose daemon is killed goes on where it was: nothing acknowledged is missing, nothing counted twice. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { FocusAdded, FocusBegun, WireFocusDetail } from "../../cli/wire.ts";
import { type FocusSpan, totalsOf } from "../../daemon/core/focus.ts";
import { scanFocus, storedFocus } from "../../daemon/store/testing.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";

const STATES = ["focused", "unfocused", "focused", "no_face", "uncertain"] as const;
const SPAN_MS = 4;

async function post<T>(daemon: DaemonProcess, path: string, body: unknown): Promise<T> {
  const response = await daemon.fetch(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  const reply = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(reply)}`);
  return reply;
}

Deno.test({
  name:
    "kill -9 in the middle of a session, 8 times: it goes on, and its totals are those of all its spans",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-focus-" });
    let daemon = await startDaemon(["--no-track"], { dataDir });
    const { id, start } = await post<FocusBegun>(daemon, "/focus/sessions", { source: "browser" });
    const t = Date.parse(start);
    const spans: FocusSpan[] = [];
    let sequence = 1, acknowledged = 0;
    /** The same batch for the same number, as a client that got no reply sends it again. */
    const batch = (number: number) => ({
      sequence: number,
      start: new Date(t + (number - 1) * 3 * SPAN_MS).toISOString(),
      spans: [0, 1, 2].map((i) => ({
        state: STATES[(number + i * 2) % STATES.length],
        seconds: SPAN_MS / 1000,
      })),
    });
    for (let round = 0; round < 8; round++) {
      const current = daemon;
      const pump = (async () => {
        while (true) {
          const reply = await post<FocusAdded>(
            current,
            `/focus/sessions/${id}/samples`,
            batch(sequence),
          );
          assert.equal(reply.sequence, sequence);
          acknowledged = sequence++;
        }
      })();
      // What it could not send is what ends it.
      const pumped = pump.catch((error) => assert.ok(error instanceof TypeError, String(error)));
      await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 150));
      await daemon.kill();
      await pumped;
      daemon = await startDaemon(["--no-track"], { dataDir });
      const { focus } = await daemon.get<{ focus: { id: number; how: string } | null }>("/status");
      assert.deepEqual([focus?.id, focus?.how], [id, "running"]);
    }
    for (const more = sequence + 5; sequence <= more; sequence++) {
      await post(daemon, `/focus/sessions/${id}/samples`, batch(sequence));
    }
    assert.ok(acknowledged > 100, `only ${acknowledged} batches were acknowledged in all rounds`);
    const { session } = await post<FocusAdded>(daemon, `/focus/sessions/${id}/end`, {});
    for (let number = 1; number < sequence; number++) {
      let startMs = Date.parse(batch(number).start);
      for (const { state } of batch(number).spans) {
        spans.push({ startMs, endMs: startMs += SPAN_MS, state });
      }
    }
    const totals = totalsOf(spans);
    assert.deepEqual(
      [session.total_seconds, session.focused_seconds, session.no_face_seconds],
      [totals.totalMs, totals.focusedMs, totals.noFaceMs].map((ms) => ms / 1000),
    );
    assert.deepEqual(
      [session.breaks, session.longest_streak_seconds],
      [totals.breaks, totals.longestStreakMs / 1000],
    );
    assert.equal(totals.totalMs, (sequence - 1) * 3 * SPAN_MS);
    const { minutes } = await daemon.get<WireFocusDetail>(`/focus/sessions/${id}`);
    const sumMs = minutes.reduce((all, { focused_seconds }) => all + focused_seconds * 1000, 0);
    assert.equal(Math.round(sumMs), totals.focusedMs);
    await daemon.stop();
    const db = new DatabaseSync(`${dataDir}/prodtracker.db`);
    assert.deepEqual(storedFocus(db), scanFocus(db));
    assert.deepEqual({ ...db.prepare("PRAGMA integrity_check").get() }, { integrity_check: "ok" });
    db.close();
    Deno.removeSync(dataDir, { recursive: true });
  },
});

Deno.test("a session that fell silent while no daemon ran is closed by the next start, at its last sample", async () => {
  const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-focus-" });
  const first = await startDaemon(["--no-track"], { dataDir });
  const { id, start } = await post<FocusBegun>(first, "/focus/sessions", { source: "terminal" });
  await post(first, `/focus/sessions/${id}/samples`, {
    ...{ sequence: 1, start, spans: [{ state: "focused", seconds: 2 }] },
  });
  await first.kill();
  const db = new DatabaseSync(`${dataDir}/prodtracker.db`);
  db.exec(`UPDATE focus_session SET start_ms = start_ms - 90000, end_ms = end_ms - 90000,
      tally = json_set(tally, '$.endMs', end_ms - 90000);
    UPDATE focus_span SET start_ms = start_ms - 90000, end_ms = end_ms - 90000`);
  db.close();
  const second = await startDaemon(["--no-track"], { dataDir });
  try {
    const [session] = await second.get<WireFocusDetail[]>("/focus/sessions");
    const endMs = Date.parse(start) - 90_000 + 2_000;
    assert.deepEqual([session.how, session.end], ["lost", new Date(endMs).toISOString()]);
    assert.equal((await second.get<{ focus: unknown }>("/status")).focus, null);
    // The page was only asleep: it goes on, after a pause.
    const { session: again } = await post<FocusAdded>(second, `/focus/sessions/${id}/samples`, {
      ...{ sequence: 2, start, spans: [{ state: "focused", seconds: 1 }] },
    });
    assert.deepEqual([again.how, again.breaks, again.total_seconds], ["running", 1, 3]);
  } finally {
    await second.stop();
    Deno.removeSync(dataDir, { recursive: true });
  }
});
