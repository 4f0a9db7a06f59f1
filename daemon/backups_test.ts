import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { copyList, makeCopyAt, makeDailyCopy, outdatedCopies, Turns } from "./backups.ts";
import { copyDatabase } from "./store/backup.ts";
import { temporaryStore } from "./store/testing.ts";

const DAY = 86_400_000, NOW = Date.UTC(2026, 0, 31, 9);

/** A store whose copies are real, and a clock that is set. */
function scene() {
  const t = temporaryStore();
  const noted = new Set<string>();
  const clock = { nowMs: () => NOW, monoMs: () => 0 };
  const options = {
    ...{ dataDir: t.dir, clock, turns: new Turns(), report: () => {} },
    copy: (path: string) => t.store.write((db) => db).then((db) => copyDatabase(db, path)),
  };
  return {
    ...{ ...t, clock, options, noted },
    notes: {
      noteCopy: (path: string) => Promise.resolve(void noted.add(path)),
      forgetCopy: (path: string) => Promise.resolve(void noted.delete(path)),
    },
  };
}

Deno.test("makeDailyCopy() lets none of another day go for those that are made by hand", async () => {
  await using s = scene();
  for (let i = 0; i < 12; i++) {
    // A week of daily ones, then five within an hour.
    const nowMs = i < 7 ? NOW - (7 - i) * DAY : NOW + i * 60_000;
    await makeDailyCopy({ ...s.options, clock: { ...s.clock, nowMs: () => nowMs } });
  }
  const days = copyList(s.dir, []).kept.map(({ madeMs }) => (NOW - madeMs) / DAY);
  assert.deepEqual(days.map((ago) => Math.max(0, Math.ceil(ago))), [0, 1, 2, 3, 4, 5, 6]);
});

Deno.test("outdatedCopies() leaves as many as may stay, the newest and the newest of most days", () => {
  const copy = fc.integer({ min: 0, max: 20 * 24 }).map((hour) => {
    const stamp = new Date(NOW + hour * 3_600_000).toISOString().replace(/[:.]/g, "-");
    return `/data/backups/prodtracker-${stamp}.db`;
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(copy, { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      (all, most) => {
        const copies = all.toSorted().toReversed();
        const gone = outdatedCopies(copies, most);
        const left = copies.filter((path) => !gone.includes(path));
        const days = (paths: string[]) => new Set(paths.map((path) => path.slice(0, 36))).size;
        assert.equal(left.length, Math.min(most, copies.length));
        assert.equal(left[0], copies[0]);
        assert.equal(days(left), Math.min(most, days(copies)));
      },
    ),
  );
});

Deno.test("makeCopyAt() keeps the note of a copy that two asked for at once", async () => {
  await using s = scene();
  const path = join(s.dir, "elsewhere.db");
  const [first, second] = await Promise.allSettled([
    makeCopyAt(path, s.options, s.notes),
    makeCopyAt(path, s.options, s.notes),
  ]);
  assert.deepEqual([first.status, second.status], ["fulfilled", "rejected"]);
  assert.deepEqual([...s.noted], [path], "erasing must tell that it is not reached");
});

Deno.test("makeCopyAt() writes over nothing, beside the copy neither", async () => {
  await using s = scene();
  const path = join(s.dir, "film.db");
  await Deno.writeTextFile(`${path}.part`, "somebody's download");
  await assert.rejects(makeCopyAt(path, s.options, s.notes), /film\.db\.part" is there already$/);
  assert.equal(await Deno.readTextFile(`${path}.part`), "somebody's download");
  const precious = join(s.dir, "precious");
  await Deno.writeTextFile(precious, "mine");
  await Deno.symlink(precious, join(s.dir, "led.db.part"));
  await assert.rejects(makeCopyAt(join(s.dir, "led.db"), s.options, s.notes));
  assert.equal(await Deno.readTextFile(precious), "mine");
  assert.equal(s.noted.size, 0);
});
