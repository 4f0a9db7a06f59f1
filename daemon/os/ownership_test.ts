import assert from "node:assert/strict";
import { join } from "node:path";
import { ConflictError } from "../core/errors.ts";
import { currentService, Ownership } from "./ownership.ts";

const NOTE = { pid: 4711, service: "serve", url: "http://127.0.0.1:8000" };

async function withDir(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = Deno.makeTempDirSync({ prefix: "prodtracker-ownership-" });
  try {
    await work(dir);
  } finally {
    Deno.removeSync(dir, { recursive: true });
  }
}

Deno.test("currentService() names the service from announce() to release()", () =>
  withDir(async (dir) => {
    assert.equal(await currentService(dir, 0), undefined);
    const ownership = await Ownership.take(dir, 0);
    assert.equal(await currentService(dir, 0), undefined);
    ownership.announce(NOTE);
    assert.deepEqual(await currentService(dir, 0), NOTE);
    await assert.rejects(Ownership.take(dir, 0), /serve \(process 4711\) has it/);
    ownership.release();
    assert.equal(await currentService(dir, 0), undefined);
    (await Ownership.take(dir, 0)).release();
  }));

Deno.test("the note of a service that was killed is not believed while a short command has the lock", () =>
  withDir(async (dir) => {
    Deno.writeTextFileSync(join(dir, "daemon.json"), JSON.stringify(NOTE));
    using command = Deno.openSync(join(dir, "owner.lock"), { create: true, write: true });
    command.lockSync(true);
    assert.equal(await currentService(dir, 0), undefined);
    await assert.rejects(
      Ownership.take(dir, 0),
      (error) =>
        error instanceof ConflictError && /another prodtracker command/.test(error.message),
    );
  }));
