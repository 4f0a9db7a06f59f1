import assert from "node:assert/strict";
import { waitFor } from "../../tests/daemon_process.ts";
import { Cli } from "../testing.ts";

const WINDOWS = Deno.build.os === "windows";

/** Reads a stream as text while it comes. */
function follow(
  stream: ReadableStream<Uint8Array>,
): { readonly text: string; done: Promise<void> } {
  const followed = { text: "", done: Promise.resolve() };
  followed.done = (async () => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) followed.text += text;
  })();
  return followed;
}

Deno.test({
  name: "serve prints its address, and no login link where nobody looks; SIGTERM ends it with 0",
  ignore: WINDOWS,
  async fn() {
    using cli = new Cli();
    const child = cli.spawn(["serve", "--port", "0", "--no-track"]);
    const stdout = follow(child.stdout), stderr = follow(child.stderr);
    await waitFor(() => /tracking is switched off/.test(stderr.text) || undefined);
    assert.match(stdout.text, /^ProdTracker is at http:\/\/127\.0\.0\.1:\d+ .*\n$/);
    child.kill("SIGTERM");
    assert.equal((await child.status).code, 0);
    await Promise.all([stdout.done, stderr.done]);
    assert.ok(!`${stdout.text}${stderr.text}`.includes("code="));
    assert.throws(() => Deno.statSync(`${cli.dataDir}/daemon.json`));
  },
});

Deno.test({
  name: "serve without a desktop says in one line what is off and why",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    const child = cli.spawn(["serve", "--port", "0"]);
    const stdout = follow(child.stdout), stderr = follow(child.stderr);
    await waitFor(() => stderr.text.includes("DISPLAY") || undefined);
    child.kill("SIGINT");
    assert.equal((await child.status).code, 130);
    await Promise.all([stdout.done, stderr.done]);
    const said = stderr.text.replaceAll(/^.*Failed to resolve .*\n/gm, "");
    assert.match(said, /^window and idle are off: No X11 session: DISPLAY is not set\n$/);
  },
});

Deno.test({
  name: "serve --open opens a private file that leads to a link that works once",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    const bin = `${cli.dir}/bin`, seen = `${cli.dir}/seen`;
    Deno.mkdirSync(bin);
    Deno.writeTextFileSync(
      `${bin}/xdg-open`,
      `#!/bin/sh\necho "$@" > ${seen}.tmp\nmv ${seen}.tmp ${seen}\n`,
      {
        mode: 0o755,
      },
    );
    const path = `${bin}:${Deno.env.get("PATH")}`;
    const child = cli.spawn(["serve", "--port", "0", "--no-track", "--open"], {
      env: { PATH: path },
    });
    const stdout = follow(child.stdout), stderr = follow(child.stderr);
    try {
      const url = await waitFor(() => readText(seen));
      const file = `${cli.dataDir}/login.html`;
      assert.equal(url.trim(), `file://${file}`);
      assert.equal(Deno.statSync(file).mode! & 0o777, 0o600);
      const link = /content="0;url=(http:[^"]+)"/.exec(Deno.readTextFileSync(file))![1];
      const [base, code] = link.split("/#code=");
      const redeem = () =>
        fetch(`${base}/session`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ code }),
        });
      const first = await redeem();
      assert.equal(first.status, 200);
      assert.ok((await first.json()).token);
      const second = await redeem();
      assert.equal(second.status, 404);
      await second.body?.cancel();
      assert.ok(!`${stdout.text}${stderr.text}`.includes(code));
    } finally {
      child.kill("SIGTERM");
      await child.status;
      await Promise.all([stdout.done, stderr.done]);
    }
    assert.throws(() => Deno.statSync(`${cli.dataDir}/login.html`), "the file is gone");
  },
});

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
