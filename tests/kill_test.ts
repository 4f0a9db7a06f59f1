/** `kill -9` at any moment: what was acknowledged is there, and the database opens. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { scan, stored } from "../daemon/store/testing.ts";
import { startDaemon } from "./daemon_process.ts";

Deno.test({
  name:
    "kill -9 inside a transaction, 25 times: the WAL is recovered, no acknowledged event is missing",
  sanitizeOps: false,
  async fn() {
    const dir = Deno.makeTempDirSync({ prefix: "prodtracker-kill-" });
    const path = join(dir, "prodtracker.db");
    let acknowledged = -1, inside = 0, recovered = 0;
    for (let round = 0; round < 25; round++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-check",
          new URL("fixtures/transaction_writer.ts", import.meta.url).pathname,
          path,
        ],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const killAfter = 2 + Math.floor(Math.random() * 4);
      let seen = 0, last = "", rest = "";
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop()!;
        for (const line of lines) {
          last = line;
          const [word, number] = line.split(" ");
          if (word === "saved") acknowledged = Math.max(acknowledged, Number(number));
          if (word === "opened") {
            assert.ok(Number(number) > acknowledged, `event ${acknowledged} is missing`);
          }
          if (word === "inside") seen++;
        }
        if (seen >= killAfter && last.startsWith("inside")) break;
      }
      child.kill("SIGKILL");
      await child.status;
      if (last.startsWith("inside")) inside++;
      if (Deno.statSync(`${path}-wal`).size > 0) recovered++;
      const db = new DatabaseSync(path);
      const row = db.prepare("SELECT count(*) AS n, max(start_ms) AS last FROM event").get() as {
        n: number;
        last: number;
      };
      assert.ok(row.n > acknowledged, `event ${acknowledged} is missing`);
      if (row.n > 0) assert.equal(row.last, (row.n - 1) * 10_000);
      assert.deepEqual({ ...db.prepare("PRAGMA integrity_check").get() }, {
        integrity_check: "ok",
      });
      assert.deepEqual(stored(db), scan(db));
      db.close();
    }
    assert.ok(inside >= 20, `only ${inside} kills were inside a transaction`);
    assert.ok(recovered >= 20, `only ${recovered} kills left a WAL to recover`);
    Deno.removeSync(dir, { recursive: true });
  },
});

Deno.test({
  name: "kill -9 of the daemon while events arrive, 25 times: nothing acknowledged is missing",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const dir = Deno.makeTempDirSync({ prefix: "prodtracker-kill-" });
    let sent = 0;
    const acknowledged = new Set<number>();
    for (let round = 0; round < 25; round++) {
      const daemon = await startDaemon(["--no-track"], { dataDir: dir });
      const killAtMs = performance.now() + 20 + Math.random() * 250;
      const pump = (async () => {
        while (true) {
          const numbers = Array.from({ length: 20 }, () => ++sent);
          const batch = numbers.map((number) => {
            const startMs = 1_700_000_000_000 + number * 1_000;
            return JSON.stringify({
              start: new Date(startMs).toISOString(),
              end: new Date(startMs + 1_000).toISOString(),
              source: "window",
              app: "editor",
              title: `file ${number}`,
            });
          });
          const response = await daemon.fetch("/import?format=jsonl", {
            method: "POST",
            body: batch.join("\n"),
          });
          if (response.status !== 200) throw new Error(`status ${response.status}`);
          await response.json();
          for (const number of numbers) acknowledged.add(number);
        }
      })();
      pump.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, killAtMs - performance.now()));
      await daemon.kill();
      await pump.catch(() => {});
      const db = new DatabaseSync(join(dir, "prodtracker.db"));
      const titles = new Set(
        db.prepare("SELECT title FROM event JOIN subject s ON s.id = subject_id").all().map((r) =>
          r.title
        ),
      );
      for (const number of acknowledged) {
        assert.ok(titles.has(`file ${number}`), `file ${number} is missing`);
      }
      assert.deepEqual({ ...db.prepare("PRAGMA integrity_check").get() }, {
        integrity_check: "ok",
      });
      assert.deepEqual(stored(db), scan(db));
      db.close();
    }
    assert.ok(
      acknowledged.size > 200,
      `only ${acknowledged.size} events were acknowledged in all rounds`,
    );
    Deno.removeSync(dir, { recursive: true });
  },
});
