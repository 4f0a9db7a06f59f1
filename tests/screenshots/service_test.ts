/** What is kept of screenshots on a real display and a real database: none while locked, nothing old, nothing too much. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Hub } from "../../daemon/core/hub.ts";
import { RETENTION_SETTING } from "../../daemon/core/retention.ts";
import { ScreenshotService } from "../../daemon/screenshot_service.ts";
import { temporaryStore } from "../../daemon/store/testing.ts";
import { startXSession, X_SESSION_NEEDS } from "../x_session.ts";

const { ignore, suffix } = X_SESSION_NEEDS;
const DAY_MS = 86_400_000;

function scene(display: string | undefined) {
  const stored = temporaryStore();
  const state = { nowMs: Date.parse("2026-01-31T12:00:00Z"), isPaused: false };
  /** What the session says of the lock, asked one time after the other; the last goes on. */
  let locks: (boolean | undefined)[] = [undefined];
  const service = new ScreenshotService({
    ...{ store: stored.store, dataDir: stored.dir, hub: new Hub(), isOn: true },
    clock: { nowMs: () => state.nowMs, monoMs: () => 0 },
    env: (name) => name === "DISPLAY" ? display : undefined,
    isPrivate: () => false,
    isLocked: () => locks.length > 1 ? locks.shift() : locks[0],
    isPaused: () => state.isPaused,
    onSettings: () => {},
  });
  const folder = join(stored.dir, "screenshots");
  const files = () => {
    try {
      return [...Deno.readDirSync(folder)].flatMap(({ name }) =>
        [...Deno.readDirSync(join(folder, name))].map((file) => `${name}/${file.name}`)
      ).sort();
    } catch {
      return [];
    }
  };
  return {
    ...{ service, state, files, folder, store: stored.store },
    locked: (...said: (boolean | undefined)[]) => locks = said,
    async [Symbol.asyncDispose]() {
      await service.close();
      await stored[Symbol.asyncDispose]();
    },
  };
}

Deno.test({
  name:
    `screenshots: none while the session is locked, nor if it was by the time it was taken${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    await using stage = scene(session.display);
    const { service, locked, files, store } = stage;
    locked(true);
    await assert.rejects(service.take("command"), /the screen is locked/);
    locked(false, true);
    await assert.rejects(service.take("command"), /the screen is locked/);
    assert.deepEqual([files(), store.screenshots.all()], [[], []]);
    // Where nobody can tell, only who asks is known to sit there.
    locked(undefined);
    for (const reason of ["noise", "interval"] as const) {
      await assert.rejects(service.take(reason), /nobody can tell whether the screen is locked/);
    }
    assert.equal((await service.take("command")).length, 1);
    locked(false);
    assert.equal((await service.take("interval")).length, 1);
    assert.equal(files().length, 2);
  },
});

Deno.test({
  name:
    `screenshots: what is too old, and the oldest of what is too much, goes with its file${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    await using stage = scene(session.display);
    const { service, state, files, store, locked } = stage;
    locked(false);
    await store.settings.set(RETENTION_SETTING, { screenshots_days: 7, screenshots_mb: 500 });
    const [old] = await service.take("interval");
    state.nowMs += 6 * DAY_MS;
    const [middle] = await service.take("interval");
    assert.deepEqual(store.screenshots.all().map(({ id }) => id), [middle.id, old.id]);
    state.nowMs += 2 * DAY_MS;
    const [newest] = await service.take("interval");
    assert.deepEqual(store.screenshots.all().map(({ id }) => id), [newest.id, middle.id]);
    assert.deepEqual(files(), [middle.file, newest.file]);
    await store.settings.set(RETENTION_SETTING, {
      ...{ screenshots_days: null, screenshots_mb: newest.bytes * 1.5 / 1e6 },
    });
    await service.enforce();
    assert.deepEqual(store.screenshots.all().map(({ id }) => id), [newest.id]);
    assert.deepEqual(files(), [newest.file]);
    await store.settings.set(RETENTION_SETTING, {
      ...{ screenshots_days: null, screenshots_mb: newest.bytes * 0.9 / 1e6 },
    });
    await assert.rejects(
      service.take("command"),
      /^ConflictError: Cannot keep the screenshot: it takes .* and all together may take/,
    );
    assert.deepEqual(files(), [newest.file]);
  },
});

Deno.test({
  name:
    `screenshots: those asked for at once are taken one after the other; the end gives up what is not${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    await using stage = scene(session.display);
    const { service, files, store } = stage;
    const taken = await Promise.all([1, 2, 3].map(() => service.take("command")));
    assert.equal(new Set(taken.flat().map(({ file }) => file)).size, 3);
    const late = service.take("command");
    const told = assert.rejects(late, /the program ends|aborted/);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await service.close();
    await told;
    assert.deepEqual([files().length, store.screenshots.all().length], [3, 3]);
  },
});

Deno.test({
  name:
    `screenshots: a folder that cannot be written is said, and keeps no row from going${suffix}`,
  ignore,
  async fn() {
    await using session = await startXSession();
    await using stage = scene(session.display);
    const { service, store } = stage;
    const [kept] = await service.take("command");
    Deno.removeSync(stage.folder, { recursive: true });
    Deno.writeTextFileSync(stage.folder, "");
    await assert.rejects(
      service.take("command"),
      /^UnavailableError: Cannot take a screenshot: Cannot write the screenshot ".*": /,
    );
    await assert.rejects(service.read(kept.id), /^NotFoundError: The file of screenshot 1 is gone/);
    await service.remove(kept.id);
    assert.deepEqual(store.screenshots.all(), []);
    Deno.removeSync(stage.folder);
  },
});

Deno.test("screenshots: a display that does not answer is said", async () => {
  await using stage = scene(":64999");
  await assert.rejects(
    stage.service.take("command"),
    /^UnavailableError: Cannot take a screenshot: Cannot connect to X display ":64999"/,
  );
});
