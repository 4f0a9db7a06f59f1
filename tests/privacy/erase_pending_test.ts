/** What cannot be erased now is said, stays as it was, and is tried again; also after kill -9. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { WireErasures } from "../../daemon/api/erasure.ts";
import { scan, stored } from "../../daemon/store/testing.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { traces } from "./canaries.ts";
import { jsonPost, postErasure, settledErasure } from "./erase_requests.ts";
import { makeDataDir } from "./erase_stage.ts";

const WORD = "zebrafinch";
const WISH = { title: WORD, regex: true };
const COPY = "prodtracker-2026-03-01T10-00-00-000Z.db";

/** Mounting needs root, as CI has. */
const ignore = Deno.build.os !== "linux" || Deno.uid() !== 0;

interface Health {
  readonly parts: readonly {
    readonly name: string;
    readonly status: string;
    readonly detail: string;
  }[];
}

async function erasing(daemon: DaemonProcess) {
  const { parts } = await daemon.get<Health>("/health");
  return parts.find(({ name }) => name === "erasing");
}

/** Waits until nothing is pending any more. */
async function allDone(daemon: DaemonProcess): Promise<void> {
  await waitFor(async () => {
    const { running, erasures } = await daemon.get<WireErasures>("/erasures");
    const isDone = erasures.every(({ done, pending }) => done !== null && pending.length === 0);
    return running === null && isDone ? true : undefined;
  }, 30_000);
}

async function mount(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("mount", { args }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

Deno.test("a copy that is not whole stays as it is, is pending and said, and done once it is gone", async () => {
  const dir = makeDataDir(WORD);
  const copy = join(dir, "backups", COPY);
  const bytes = Deno.readFileSync(copy);
  // Its pages beyond the first are of nothing that SQLite knows.
  bytes.fill(0x5a, 8_192, 60_000);
  Deno.writeFileSync(copy, bytes);
  const left = traces();
  left.folder(dir);
  try {
    const daemon = await startDaemon(["--no-track"], { dataDir: dir });
    const { id } = await postErasure(daemon, WISH);
    const state = await settledErasure(daemon, id);
    assert.equal(state.done, null);
    assert.deepEqual(state.pending.map(({ place }) => place), [copy]);
    assert.ok(state.pending[0].error);
    const part = await erasing(daemon);
    assert.equal(part?.status, "degraded");
    assert.match(part?.detail ?? "", new RegExp(COPY));
    assert.deepEqual(Deno.readFileSync(copy), bytes);
    assert.equal(await daemon.stop(), 0);
    Deno.removeSync(copy);
    const again = await startDaemon(["--no-track"], { dataDir: dir });
    await allDone(again);
    assert.notEqual((await erasing(again))?.status, "degraded");
    await settledErasure(again, (await postErasure(again, { app: WORD, regex: true })).id);
    assert.deepEqual(left.find(WORD), []);
    await again.stop();
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test({
  name: `a full disk leaves the copies, and they are rewritten when there is room${
    ignore ? " (needs root)" : ""
  }`,
  ignore,
  async fn() {
    const dir = makeDataDir(WORD);
    const folder = join(dir, "backups");
    const kept = [...Deno.readDirSync(folder)].map(({ name }) =>
      [name, Deno.readFileSync(join(folder, name))] as const
    );
    const sizeKb = Math.ceil(kept.reduce((sum, [, { length }]) => sum + length, 0) / 1_024) + 40;
    await mount("-t", "tmpfs", "-o", `size=${sizeKb}k,mode=700`, "tmpfs", folder);
    try {
      for (const [name, bytes] of kept) Deno.writeFileSync(join(folder, name), bytes);
      const daemon = await startDaemon(["--no-track"], { dataDir: dir });
      const { id } = await postErasure(daemon, WISH);
      const state = await settledErasure(daemon, id);
      assert.deepEqual(
        state.pending.map(({ place }) => place).sort(),
        kept.map(([name]) => join(folder, name)).sort(),
      );
      for (const [name, bytes] of kept) {
        assert.deepEqual(Deno.readFileSync(join(folder, name)), bytes);
      }
      assert.equal([...Deno.readDirSync(folder)].length, kept.length);
      assert.equal((await erasing(daemon))?.status, "degraded");
      await daemon.stop();
      await mount("-o", "remount,size=16m", folder);
      const again = await startDaemon(["--no-track"], { dataDir: dir });
      await allDone(again);
      const left = traces();
      left.folder(folder);
      await settledErasure(again, (await postErasure(again, { app: WORD, regex: true })).id);
      assert.deepEqual(left.find(WORD), []);
      await again.stop();
    } finally {
      await new Deno.Command("umount", { args: [folder] }).output();
      await Deno.remove(dir, { recursive: true });
    }
  },
});

Deno.test({
  name: "kill -9 while it erases, at six moments: the next start goes on until nothing is left",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    for (const afterMs of [1, 20, 60, 120, 250, 450]) {
      const dir = makeDataDir(WORD);
      try {
        const daemon = await startDaemon(["--no-track"], { dataDir: dir });
        const asked = daemon.fetch("/erasures", jsonPost({ all: true })).then(
          (response) => response.body?.cancel(),
          () => {},
        );
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        await daemon.kill();
        await asked;
        const db = new DatabaseSync(join(dir, "prodtracker.db"));
        const rows = db.prepare("SELECT count(*) AS n FROM erasure").get() as { n: number };
        db.close();
        const again = await startDaemon(["--no-track"], { dataDir: dir });
        // Killed before it was written down, it was never acknowledged.
        if (rows.n === 0) await postErasure(again, { all: true });
        await allDone(again);
        const left = traces();
        left.folder(dir);
        assert.deepEqual(left.find(WORD), [], `killed after ${afterMs} ms`);
        await again.stop();
        const after = new DatabaseSync(join(dir, "prodtracker.db"));
        assert.deepEqual(stored(after), scan(after));
        after.close();
      } finally {
        await Deno.remove(dir, { recursive: true });
      }
    }
  },
});

Deno.test("a database that is made anew of a copy with something pending shows nothing of it", async () => {
  const dir = makeDataDir(WORD);
  const database = join(dir, "prodtracker.db");
  try {
    const daemon = await startDaemon(["--no-track"], { dataDir: dir });
    const { id } = await postErasure(daemon, WISH);
    await settledErasure(daemon, id);
    await daemon.stop();
    // As if the copy could not have been rewritten: it is as it was, and that is pending.
    const source = makeDataDir(WORD);
    Deno.copyFileSync(join(source, "backups", COPY), join(dir, "backups", COPY));
    Deno.removeSync(source, { recursive: true });
    const db = new DatabaseSync(database);
    const request = {
      kind: "subject",
      span: { startMs: -8.64e15, endMs: Date.now() },
      subject: { title: WORD, isRegex: true },
    };
    db.prepare("UPDATE erasure SET request = ?, done_ms = NULL").run(JSON.stringify(request));
    db.prepare("INSERT INTO erasure_pending (erasure_id, place) VALUES (?, ?)")
      .run(id, join(dir, "backups", COPY));
    db.exec("PRAGMA journal_mode = DELETE");
    const { page } = db.prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name = 'event'")
      .get() as { page: number };
    db.close();
    const file = Deno.openSync(database, { write: true });
    file.seekSync((page - 1) * 4_096, Deno.SeekMode.Start);
    file.writeSync(new Uint8Array(4_096).fill(0x5a));
    file.close();
    // The newest copy is the other one: only this is left.
    Deno.removeSync(join(dir, "backups", "prodtracker-2026-03-02T10-00-00-000Z.db"));
    Deno.writeTextFileSync(`${database}.salvage`, "damaged");
    const again = await startDaemon(["--no-track"], { dataDir: dir });
    const events = await again.get<{ title: string | null }[]>("/events/recent?limit=500");
    assert.ok(events.length >= 300, `${events.length} events`);
    assert.equal(events.some(({ title }) => title?.includes(WORD)), false);
    await allDone(again);
    const left = traces();
    left.folder(dir);
    await settledErasure(again, (await postErasure(again, { app: WORD, regex: true })).id);
    assert.deepEqual(left.find(WORD), []);
    await again.stop();
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
