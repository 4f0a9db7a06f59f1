import assert from "node:assert/strict";
import { join } from "node:path";
import { fileFor, readPicture, removePicture, sweep, writePicture } from "./files.ts";

const AT = new Date(2026, 0, 31, 9, 5, 7);

Deno.test("fileFor() is the local day and time, and as much of the monitor's name as a file may bear", () => {
  const free = () => false;
  assert.equal(fileFor(AT, "eDP-1", free), "2026-01-31/090507-eDP-1.png");
  assert.equal(fileFor(AT, "../..\0/Ä", free), "2026-01-31/090507-_.png");
  assert.equal(fileFor(AT, "", free), "2026-01-31/090507-screen.png");
  const taken = new Set(["2026-01-31/090507-a.png", "2026-01-31/090507-a-2.png"]);
  assert.equal(fileFor(AT, "a", (file) => taken.has(file)), "2026-01-31/090507-a-3.png");
});

Deno.test("pictures are their owner's only, and go with their day's folder", async () => {
  const folder = join(await Deno.makeTempDir(), "screenshots");
  try {
    const png = new Uint8Array([1, 2, 3]);
    await writePicture(folder, "2026-01-31/a.png", png);
    await writePicture(folder, "2026-01-31/b.png", png);
    const mode = (path: string) => Deno.statSync(join(folder, path)).mode! & 0o777;
    if (Deno.build.os !== "windows") {
      assert.deepEqual(["", "2026-01-31", "2026-01-31/a.png"].map(mode), [0o700, 0o700, 0o600]);
    }
    assert.deepEqual(await readPicture(folder, "2026-01-31/a.png"), png);
    await removePicture(folder, "2026-01-31/a.png");
    await removePicture(folder, "2026-01-31/a.png");
    assert.equal(await readPicture(folder, "2026-01-31/a.png"), undefined);
    assert.equal(await readPicture(folder, "2026-01-31"), undefined);
    assert.deepEqual([...Deno.readDirSync(join(folder, "2026-01-31"))].map(({ name }) => name), [
      "b.png",
    ]);
    await removePicture(folder, "2026-01-31/b.png");
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(join(folder, ".."), { recursive: true });
  }
});

Deno.test("writePicture() leaves nothing where it fails", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "day", "a.png", "in the way"), { recursive: true });
    await assert.rejects(
      writePicture(folder, "day/a.png", new Uint8Array(9)),
      /^Error: Cannot write/,
    );
    assert.deepEqual([...Deno.readDirSync(join(folder, "day"))].map(({ name }) => name), ["a.png"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sweep() removes the pictures that nobody knows, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const day = join(folder, "2026-01-31");
    await Deno.mkdir(day);
    await Deno.mkdir(join(folder, "mine"));
    const all = ["known.png", "orphan.png", ".0a1b.tmp", "notes.txt"];
    for (const name of all) await Deno.writeTextFile(join(day, name), "");
    await Deno.writeTextFile(join(folder, "mine", "holiday.png"), "");
    await sweep(folder, (file) => file === "2026-01-31/known.png");
    const left = [...Deno.readDirSync(day)].map(({ name }) => name).sort();
    assert.deepEqual(left, ["known.png", "notes.txt"]);
    assert.equal([...Deno.readDirSync(join(folder, "mine"))].length, 1);
    await sweep(join(folder, "not there"), () => false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
