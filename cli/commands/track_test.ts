import assert from "node:assert/strict";
import { waitFor } from "../../tests/daemon_process.ts";
import { startXSession, X_SESSION_NEEDS } from "../../tests/x_session.ts";
import { Cli } from "../testing.ts";

Deno.test({
  name: "track tells of each change of focus as it happens, and of the last at its end",
  ...X_SESSION_NEEDS,
  async fn() {
    await using session = await startXSession();
    using cli = new Cli();
    const env = { DISPLAY: session.display };
    session.run("xterm", "-T", "first = 日本");
    await session.xdotool("search", "--sync", "--onlyvisible", "--name", "^first");
    const once = await cli.run(["track", "--once", "--json"], { env });
    assert.equal(once.code, 0, once.stderr);
    assert.equal(JSON.parse(once.stdout).now.title, "first = 日本");

    const child = cli.spawn(["track", "--json"], { env });
    const lines: { type: string; title: string; duration_seconds?: number }[] = [];
    const reading = (async () => {
      let rest = "";
      for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
        const parts = (rest + text).split("\n");
        rest = parts.pop()!;
        lines.push(...parts.map((line) => JSON.parse(line)));
      }
    })();
    await waitFor(() => lines.some(({ title }) => title === "first = 日本") || undefined);
    session.run("xmessage", "-title", "second", "hello");
    await waitFor(() => lines.some(({ title }) => title === "second") || undefined);
    const during = await cli.run(["track", "--once"], { env });
    assert.match(during.stdout, /^\d\d:\d\d:\d\d {2}\w+ +Xmessage +second +\d+ s\n$/);
    const status = JSON.parse((await cli.run(["status", "--json"], { env })).stdout);
    assert.equal(status.now.title, "second");
    child.kill("SIGTERM");
    assert.equal((await child.status).code, 0);
    await Promise.all([reading, child.stderr.cancel()]);
    assert.deepEqual(lines.map(({ type, title }) => `${type} ${title}`), [
      "begin first = 日本",
      "end first = 日本",
      "begin second",
      "end second",
    ]);
    assert.ok(lines.at(-1)!.duration_seconds! > 0);
  },
});

Deno.test({
  name: "track --once without a desktop is not supported here, with the reason",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    const { code, stdout, stderr } = await cli.run(["track", "--once"]);
    assert.equal(code, 5);
    assert.equal(stdout, "");
    assert.match(stderr, /^prodtracker: Cannot tell what has the focus: .*DISPLAY is not set\n$/);
  },
});
