/** The window in front is edited while its event goes on, on a real desktop. */
import assert from "node:assert/strict";
import type { WireEvent } from "../../daemon/api/wire.ts";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { startXSession, X_SESSION_NEEDS } from "../x_session.ts";
import { send } from "./scene.ts";

const { ignore, suffix } = X_SESSION_NEEDS;

Deno.test({
  name:
    `a deletion up to now holds while the window in front goes on, and undo closes the gap${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    const daemon = await startDaemon([], { env: { DISPLAY: session.display } });
    const windows = async () => {
      const { events } = await daemon.get<{ events: WireEvent[] }>("/events?source=window");
      return events.filter(({ title }) => title === "long one").toReversed();
    };
    /** Waits until the last event ends later than so. */
    const grown = (ms: number) =>
      waitFor(async () => {
        const end = (await windows()).at(-1)?.end;
        return end !== undefined && Date.parse(end) > ms || undefined;
      });
    try {
      session.run("xterm", "-T", "long one");
      await waitFor(async () => (await windows()).length > 0 || undefined);
      const [{ id, start }] = await windows();
      await grown(Date.parse(start) + 1_000);

      const from = new Date(Date.parse(start) + 500).toISOString();
      const to = new Date().toISOString();
      const { edit, status } = await send(daemon, "/edits/deletions", { from, to });
      assert.equal(status, 200);
      // Two proofs later the window has gone on, behind what was deleted.
      await grown(Date.parse(to) + 6_000);
      const split = await windows();
      assert.deepEqual(split.map(({ start, end }) => [start, end]).flat().slice(0, 3), [
        ...[start, from, to],
      ]);
      const entry = { from, to, title: "by hand", class: "signal" };
      const entered = await send(daemon, "/edits/entries", entry);
      const early = await send(daemon, `/edits/${edit.id}/undo`);
      assert.equal(early.status, 409);
      await send(daemon, `/edits/${entered.edit.id}/undo`);
      assert.equal((await send(daemon, `/edits/${edit.id}/undo`)).status, 200);
      const whole = await windows();
      assert.deepEqual(whole.map((event) => [event.id, event.start]), [[id, start]]);
      assert.ok(Date.parse(whole[0].end) >= Date.parse(split.at(-1)!.end));
      await grown(Date.parse(whole[0].end));
      assert.equal((await windows()).length, 1);
    } finally {
      await daemon.stop();
      await Deno.remove(daemon.dataDir, { recursive: true });
    }
  },
});
