/** `kill -9` at every step of writing the hosts file: the user's bytes are there, and the next start lifts. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rewriteFile } from "../../daemon/blocker/apply.ts";
import { applyBlock, liftBlocks, parseHosts } from "../../daemon/blocker/hosts_file.ts";
import { systemIo } from "../../daemon/blocker/hosts_io.ts";
import { BLOCK } from "./kill_apply.ts";

const SCRIPT = fileURLToPath(new URL("kill_apply.ts", import.meta.url));
const encoder = new TextEncoder();
const OLD = { ...BLOCK, id: 1, domains: BLOCK.domains.slice(0, 40) };

/** The file before, and the user's bytes in it. */
const STARTS: Record<string, [what: string, file: Uint8Array, user: Uint8Array]> = {};
for (
  const user of ["127.0.0.1 localhost\n", "127.0.0.1 a\r\n::1 no end"].map((t) => encoder.encode(t))
) {
  const lines = user.at(-1) === 10 ? "lines" : "an open line";
  STARTS[`block, ${lines}`] = ["block", user, user];
  STARTS[`replace, ${lines}`] = ["replace", applyBlock(user, OLD), user];
  STARTS[`lift, ${lines}`] = ["lift", applyBlock(user, OLD), user];
}

Deno.test({
  name:
    "kill -9 at every step of writing the hosts file, 200 times and more: the user's bytes stay",
  ignore: Deno.build.os === "windows",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "prodtracker-kill-" });
    let kills = 0;
    try {
      const rows = Object.entries(STARTS).flatMap(([name, start]) =>
        (["rename", "in place"] as const).map((way) => ({ name, start, way }))
      );
      const worker = async (index: number) => {
        const path = join(folder, `hosts-${index}`);
        for (let row = rows.shift(); row; row = rows.shift()) {
          const times = await killEach(path, row);
          kills += times;
        }
      };
      await Promise.all([worker(0), worker(1)]);
      assert.ok(kills >= 200, `only ${kills} kills`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

interface Row {
  readonly name: string;
  readonly start: [what: string, file: Uint8Array, user: Uint8Array];
  readonly way: "rename" | "in place";
}

/** Kills one write at each of its steps; returns how often. */
async function killEach(path: string, { name, start: [what, file, user], way }: Row) {
  let kills = 0;
  for (let step = 0;; step++) {
    for (const when of ["before", "half", "after"]) {
      const at = `${name}, ${way}, ${when} step ${step}`;
      Deno.writeFileSync(path, file, { mode: 0o644 });
      const { code, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", "--no-config", SCRIPT, path, what, String(step), when, way],
      }).output();
      if (signal !== "SIGKILL") {
        // Fewer steps than that: the write was done.
        const said = new TextDecoder().decode(stderr);
        assert.equal(code, 0, said);
        assert.match(new TextDecoder().decode(stdout), /^done after/);
        assert.deepEqual(
          Deno.readFileSync(path),
          what === "lift" ? user : applyBlock(user, BLOCK),
          at,
        );
        return kills;
      }
      kills++;
      const left = Deno.readFileSync(path);
      assert.deepEqual(liftBlocks(left), user, at);
      for (const block of parseHosts(left).blocks) assert.ok([1, 2].includes(block.id!), at);
      // The next start.
      rewriteFile(systemIo, path, liftBlocks);
      assert.deepEqual(Deno.readFileSync(path), user, at);
      const beside = Array.from(Deno.readDirSync(join(path, "..")), ({ name }) => name);
      assert.deepEqual(
        beside.filter((each) => each.startsWith(`.${path.split("/").at(-1)}.`)),
        [],
        at,
      );
    }
  }
}
