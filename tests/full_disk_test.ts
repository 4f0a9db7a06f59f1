/** A disk that is full, for real: a small tmpfs. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { scan, stored } from "../daemon/store/testing.ts";
import { startDaemon } from "./daemon_process.ts";

/** Mounting needs root, as CI has. */
const ignore = Deno.build.os !== "linux" || Deno.uid() !== 0;

async function run(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

function eventLine(number: number, titleChars: number): string {
  const startMs = 1_700_000_000_000 + number * 10_000;
  return JSON.stringify({
    start: new Date(startMs).toISOString(),
    end: new Date(startMs + 9_000).toISOString(),
    source: "window",
    app: "editor",
    title: `${number} ${"x".repeat(titleChars)}`,
  });
}

Deno.test({
  name:
    `serve on a full disk answers 503, keeps what it acknowledged, and goes on when there is room${
      ignore ? " (needs root)" : ""
    }`,
  ignore,
  async fn() {
    const dir = await Deno.makeTempDir({ prefix: "prodtracker-full-" });
    await run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", dir);
    try {
      const daemon = await startDaemon(["--no-track"], { dataDir: dir });
      const acknowledged: number[] = [];
      let number = 0, refused = 0;
      const send = async () => {
        const mine = ++number;
        const response = await daemon.fetch("/import", {
          method: "POST",
          body: eventLine(mine, 9_000),
        });
        const reply = await response.json();
        if (response.status === 200) acknowledged.push(mine);
        else {
          assert.equal(response.status, 503, JSON.stringify(reply));
          assert.match(reply.error.message, /full|disk/);
          refused++;
        }
      };
      // Sixteen at a time: those that share the commit that fails must all be told.
      while (refused === 0 && number < 2_000) await Promise.all(Array.from({ length: 16 }, send));
      assert.ok(refused > 0, "the disk never was full");
      assert.equal((await daemon.fetch("/health").then((r) => r.json())).version, "0.1.0");
      await run("mount", "-o", "remount,size=12m", dir);
      const before = acknowledged.length;
      await send();
      assert.equal(acknowledged.length, before + 1, "it did not go on when there was room");
      assert.equal(await daemon.stop(), 0);
      const db = new DatabaseSync(`${dir}/prodtracker.db`);
      const titles = db.prepare("SELECT title FROM event JOIN subject s ON s.id = subject_id")
        .all();
      const kept = new Set(titles.map((row) => Number(String(row.title).split(" ")[0])));
      for (const each of acknowledged) assert.ok(kept.has(each), `event ${each} is missing`);
      assert.deepEqual(stored(db), scan(db));
      db.close();
    } finally {
      await run("umount", dir);
      await Deno.remove(dir);
    }
  },
});
