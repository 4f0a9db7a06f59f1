import assert from "node:assert/strict";
import { join } from "node:path";
import { backUpHosts } from "./hosts_backup.ts";
import { applyBlock } from "./hosts_file.ts";

const START_MS = Date.UTC(2026, 0, 1);

async function inHome(run: (home: string, names: () => string[]) => void): Promise<void> {
  const home = await Deno.makeTempDir();
  try {
    run(home, () => {
      const folder = join(home, ".pguard_backups");
      return Array.from(Deno.readDirSync(folder), ({ name }) => name).toSorted();
    });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("backUpHosts() keeps the ten newest of the user's own bytes, each once", () =>
  inHome((home, names) => {
    for (let i = 0; i < 14; i++) {
      const user = new TextEncoder().encode(`127.0.0.1 host-${i}\n`);
      backUpHosts(home, user, START_MS + i * 1_000);
      backUpHosts(home, user, START_MS + i * 1_000 + 500);
    }
    assert.equal(names().length, 10);
    assert.equal(names()[0], "hosts-20260101T000004000Z");
    const newest = join(home, ".pguard_backups", names().at(-1)!);
    assert.equal(Deno.readTextFileSync(newest), "127.0.0.1 host-13\n");
    assert.equal(Deno.statSync(newest).mode! & 0o777, 0o600);
  }));

Deno.test("backUpHosts() copies the user's bytes without a block that stands", () =>
  inHome((home, names) => {
    const user = new TextEncoder().encode("127.0.0.1 no line break");
    const block = { id: 1, startMs: 1, endMs: 2, domains: ["a.example"] };
    backUpHosts(home, applyBlock(user, block), START_MS);
    assert.deepEqual(Deno.readFileSync(join(home, ".pguard_backups", names()[0])), user);
  }));
