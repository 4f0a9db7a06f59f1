import assert from "node:assert/strict";
import { join } from "node:path";
import { ConflictError, NotPermittedError, UnavailableError } from "../core/errors.ts";
import { rewriteFile } from "./apply.ts";
import type { HostsBlock } from "./hosts_block.ts";
import { applyBlock, liftBlocks } from "./hosts_file.ts";
import { type HostsIo, systemIo } from "./hosts_io.ts";
import { takeLock } from "./lock.ts";

const USER = new TextEncoder().encode("127.0.0.1 localhost\n10.0.0.1 nas");
const BLOCK: HostsBlock = {
  id: 1,
  startMs: 1_000,
  endMs: 2_000,
  domains: ["a.example", "b.example"],
};
const BLOCKED = applyBlock(USER, BLOCK);
const block = (bytes: Uint8Array) => applyBlock(bytes, BLOCK);

/** The real operations, each of which tells `before` first. */
function watched(before: (name: keyof HostsIo, step: number) => void): HostsIo {
  let step = 0;
  return Object.fromEntries(
    Object.entries(systemIo).map(([name, work]) => [name, (...args: unknown[]) => {
      before(name as keyof HostsIo, step++);
      return (work as (...args: unknown[]) => unknown)(...args);
    }]),
  ) as unknown as HostsIo;
}

async function inFolder(
  run: (path: string, folder: string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(join(folder, "hosts"), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const ERRORS: Record<string, [number, new (...args: never[]) => Error]> = {
  "no space": [28, UnavailableError],
  "not permitted (immutable)": [1, NotPermittedError],
  "read-only": [30, NotPermittedError],
  "input/output error": [5, NotPermittedError],
};

for (const [name, [number, kind]] of Object.entries(ERRORS)) {
  for (const way of ["rename", "in place"]) {
    Deno.test(`rewriteFile(): ${name} at any step (${way}) leaves the file as it was, or as it shall be`, () =>
      inFolder((path, folder) => {
        let failures = 0;
        for (const edit of [block, liftBlocks]) {
          const start = edit === block ? USER : BLOCKED;
          for (let at = 0;; at++) {
            Deno.writeFileSync(path, start, { mode: 0o640 });
            let reached = false;
            const io = watched((operation, step) => {
              if (step === at) {
                reached = true;
                throw new Error(`failed (os error ${number})`);
              }
              if (way === "in place" && operation === "rename") {
                throw new Error("busy (os error 16)");
              }
            });
            try {
              rewriteFile(io, path, edit, liftBlocks);
            } catch (error) {
              failures++;
              assert.ok(error instanceof kind, String(error));
            }
            const left = Deno.readFileSync(path);
            assert.ok([start, edit(start)].some((each) => isSame(each, left)), `step ${at}`);
            assert.equal(Deno.statSync(path).mode! & 0o777, 0o640);
            if (!reached) break;
          }
        }
        assert.ok(failures > 10, `only ${failures} failures`);
        rewriteFile(systemIo, path, liftBlocks);
        assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["hosts"]);
      }));
  }
}

Deno.test("rewriteFile() takes up what somebody else wrote meanwhile, and gives up on who never stops", () =>
  inFolder((path) => {
    let edits = 0;
    const meanwhile = (times: number) =>
      watched((operation) => {
        if (operation !== "create" || edits >= times) return;
        Deno.writeTextFileSync(path, `10.0.0.${edits++} other\n`, { append: true });
      });
    Deno.writeTextFileSync(path, "127.0.0.1 localhost\n");
    rewriteFile(meanwhile(1), path, block);
    const text = Deno.readTextFileSync(path);
    assert.ok(text.startsWith("127.0.0.1 localhost\n10.0.0.0 other\n# BEGIN prodtracker id=1 "));
    assert.throws(() => rewriteFile(meanwhile(99), path, liftBlocks), ConflictError);
    assert.match(Deno.readTextFileSync(path), /10\.0\.0\.5 other\n$/);
  }));

Deno.test("rewriteFile() writes nothing when nothing changes, and a missing file is no empty one", () =>
  inFolder((path) => {
    Deno.writeFileSync(path, USER);
    const io = watched((operation) =>
      assert.ok(!["create", "append", "rename"].includes(operation))
    );
    assert.equal(rewriteFile(io, path, liftBlocks), false);
    Deno.removeSync(path);
    assert.throws(() => rewriteFile(systemIo, path, block), ConflictError);
    assert.throws(() => Deno.statSync(path), Deno.errors.NotFound);
  }));

Deno.test("takeLock() lets one write at a time, for a file and for a folder", () =>
  inFolder(async (path, folder) => {
    for (const lock of [path, folder]) {
      {
        using _held = await takeLock(lock, 0);
        await assert.rejects(takeLock(lock, 30), ConflictError);
      }
      using _again = await takeLock(lock, 0);
    }
  }));

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
