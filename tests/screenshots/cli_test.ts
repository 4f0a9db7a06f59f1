/** `screenshot` as people use it: without a daemon, in its own process. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Cli } from "../../cli/testing.ts";
import type { WireScreenshot } from "../../daemon/api/screenshots.ts";
import { startXSession, X_SESSION_NEEDS } from "../x_session.ts";
import { decodePng } from "./png.ts";
import { XWindows } from "./x_windows.ts";

Deno.test({
  name:
    `screenshot takes, lists, saves and deletes, and sets when they are taken${X_SESSION_NEEDS.suffix}`,
  ignore: X_SESSION_NEEDS.ignore,
  async fn() {
    await using session = await startXSession();
    await using windows = await XWindows.open(session);
    await windows.add({ app: "Editor", colour: 0xc01020, x: 10, y: 10, overrideRedirect: true });
    using cli = new Cli();
    const env = { DISPLAY: session.display };
    const run = (...args: string[]) => cli.run(["screenshot", ...args], { env });

    const taken = await run();
    assert.equal(taken.code, 0, taken.stderr);
    assert.match(taken.stdout, /1 .* by command +screen +800 x 600 +[\d.]+ kB/);
    const [shot]: WireScreenshot[] = JSON.parse((await run("list", "--json")).stdout);
    assert.equal(shot.id, 1);

    const path = join(cli.dir, "shot.png");
    const saved = await run("save", "1", path);
    assert.equal(saved.code, 0, saved.stderr);
    assert.equal(decodePng(Deno.readFileSync(path)).at(20, 20), 0xc01020);
    assert.equal(Deno.statSync(path).mode! & 0o777, 0o600);
    const again = await run("save", "1", path);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /there is a file already/);
    assert.equal((await run("open", "1")).code, 2);

    const set = await run("settings", "--interval", "15", "--scale", "0.5");
    assert.match(set.stdout, /every 15 min/);
    assert.match(set.stderr, /PRODTRACKER_SCREENSHOTS=true/);
    const kept = JSON.parse((await run("settings", "--interval", "off", "--json")).stdout);
    assert.deepEqual([kept.interval_minutes, kept.scale, kept.on], [null, 0.5, false]);

    assert.equal((await run("delete")).code, 2);
    assert.match((await run("delete", "1")).stdout, /^1 screenshot deleted$/m);
    assert.equal((await run("delete", "1")).code, 1);
    const [next]: WireScreenshot[] = JSON.parse((await run("--json")).stdout);
    const half = await run("delete", String(next.id), "99");
    assert.equal(half.code, 1);
    assert.match(
      half.stderr,
      /^1 screenshot deleted, then it failed\n.*There is no screenshot 99$/m,
    );
    assert.match((await run("delete", "--from", "yesterday")).stdout, /^0 screenshots deleted$/m);

    const nowhere = await cli.run(["screenshot"], {});
    assert.equal(nowhere.code, 5);
    assert.match(nowhere.stderr, /DISPLAY is not set/);
  },
});
