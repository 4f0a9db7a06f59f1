/** `pause`, with a real X server, the real daemon and the real command. */
import assert from "node:assert/strict";
import { productCommand, startDaemon, waitFor } from "../daemon_process.ts";
import { startXSession, X_SESSION_NEEDS } from "../x_session.ts";

interface Event {
  readonly app: string | null;
  readonly title: string | null;
  readonly start: string;
  readonly end: string;
}
interface Status {
  readonly now: { readonly title: string | null } | null;
  readonly paused: boolean;
  readonly paused_until: string | null;
}

/** Runs a short command on a data directory. */
async function command(dataDir: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...productCommand(), ...args, "--data-dir", dataDir],
    env: { NO_COLOR: "1", HOME: dataDir, DENO_DIR: denoDir() },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

function denoDir(): string {
  return Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
}

/** The files of a data directory that hold a text. */
function filesWith(dir: string, text: string): string[] {
  const wanted = new TextEncoder().encode(text);
  return [...Deno.readDirSync(dir)].flatMap(({ name, isDirectory, isFile }) => {
    const path = `${dir}/${name}`;
    if (isDirectory) return filesWith(path, text);
    if (!isFile) return [];
    return indexOf(Deno.readFileSync(path), wanted) < 0 ? [] : [path];
  });
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  return new TextDecoder("latin1").decode(bytes).indexOf(new TextDecoder("latin1").decode(wanted));
}

/** All that the stream says until it is closed. */
async function listen(url: string) {
  const { body } = await fetch(`${url}/stream`);
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const reading = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
  })().catch(() => {});
  return {
    get text() {
      return text;
    },
    async close() {
      await reader.cancel().catch(() => {});
      await reading;
    },
  };
}

Deno.test({
  name:
    `nothing of a pause is recorded, over kill -9, and after it the window in front is${X_SESSION_NEEDS.suffix}`,
  ignore: X_SESSION_NEEDS.ignore,
  async fn() {
    await using session = await startXSession();
    const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-pause-" });
    const env = { DISPLAY: session.display };
    let daemon = await startDaemon([], { dataDir, env });
    try {
      const inFront = (title: string) =>
        waitFor(async () =>
          (await daemon.get<Status>("/status")).now?.title === title || undefined
        );
      session.run("xterm", "-T", "before it", "-e", "sleep", "120");
      await inFront("before it");
      const paused = await command(dataDir, "pause", "30m");
      assert.equal(paused.code, 0, paused.stderr);
      assert.match(paused.stdout, /^Paused until .*\d\d:\d\d, 30 min left\n$/);
      assert.match(paused.stderr, /a focus session and a block go on/);
      const stream = await listen(daemon.url);
      const status = await daemon.get<Status>("/status");
      assert.deepEqual([status.now, status.paused], [null, true]);
      assert.match((await command(dataDir, "status")).stdout, /\nPause {2}until .* left/);

      session.run("xterm", "-T", "CANARY one", "-e", "sleep", "120");
      await session.xdotool("search", "--sync", "--onlyvisible", "--name", "CANARY one");
      const { parts } = await daemon.get<{ parts: { name: string; detail: string }[] }>("/health");
      assert.match(parts.find(({ name }) => name === "recording")!.detail, /^paused until/);
      await daemon.kill();
      await stream.close();
      assert.match(stream.text, /event: pause\ndata: \{"paused":true/);
      assert.doesNotMatch(stream.text, /CANARY/);

      const without = await command(dataDir, "pause", "--json");
      assert.equal(JSON.parse(without.stdout).paused, true, "the command knows without a daemon");
      daemon = await startDaemon([], { dataDir, env });
      const health = () => daemon.get<{ parts: { name: string; status: string }[] }>("/health");
      await waitFor(async () =>
        (await health()).parts.some(({ name, status }) => name === "window" && status === "ok") ||
        undefined
      );
      const after = await listen(daemon.url);
      session.run("xterm", "-T", "CANARY two", "-e", "sleep", "120");
      await session.xdotool("search", "--sync", "--onlyvisible", "--name", "CANARY two");
      assert.equal((await daemon.get<Status>("/status")).now, null);

      // A last short one, that ends by itself.
      const response = await daemon.fetch("/pause", {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ minutes: 0.03 }),
      });
      const { paused_since, paused_until } = await response.json();
      session.run("xterm", "-T", "after it", "-e", "sleep", "120");
      await inFront("after it");
      await after.close();
      assert.doesNotMatch(after.text, /CANARY/);
      assert.match(after.text, /event: pause\ndata: \{"paused":false/);

      const recent = await waitFor(async () => {
        const events = await daemon.get<Event[]>("/events/recent");
        return events[0]?.title === "after it" ? events : undefined;
      });
      for (const { start, end, title } of recent) {
        const touches = start < paused_until && end > paused_since;
        assert.ok(
          !touches,
          `${title} ${start} to ${end} lies in ${paused_since} to ${paused_until}`,
        );
      }

      // However short: the same window before and after it is no one event.
      for (const init of [{ method: "PUT", body: '{"on":true}' }, { method: "DELETE" }]) {
        const headers = { "Content-Type": "application/json" };
        const reply = await daemon.fetch("/pause", { headers, ...init });
        assert.equal(reply.status, 200, await reply.text());
      }
      await waitFor(async () => {
        const [one, two] = await daemon.get<Event[]>("/events/recent");
        return one.title === "after it" && two.title === "after it" && one.start > two.end ||
          undefined;
      });
      assert.equal(await daemon.stop(), 0);
      assert.deepEqual(filesWith(dataDir, "CANARY"), []);
      assert.notDeepEqual(filesWith(dataDir, "before it"), []);
      const events = filesWith(dataDir, "after it");
      assert.notDeepEqual(events, []);
    } finally {
      await daemon.kill();
      Deno.removeSync(dataDir, { recursive: true });
    }
  },
});

Deno.test("pause without a daemon is kept for the next one; what cannot be meant is exit 2", async () => {
  const dataDir = Deno.makeTempDirSync({ prefix: "prodtracker-pause-" });
  try {
    const none = await command(dataDir, "pause");
    assert.match(none.stdout, /^Not paused; nothing records: prodtracker serve does\n$/);
    const on = await command(dataDir, "pause", "on");
    assert.deepEqual([on.code, on.stdout], [0, "Paused until pause off\n"]);
    assert.match(on.stderr, /No daemon runs; one that starts meanwhile respects it/);
    const daemon = await startDaemon(["--no-track"], { dataDir });
    try {
      assert.equal((await daemon.get<Status>("/status")).paused, true);
      const put = async (body: unknown) => {
        const headers = { "Content-Type": "application/json" };
        const init = { method: "PUT", headers, body: JSON.stringify(body) };
        const response = await daemon.fetch("/pause", init);
        await response.body?.cancel();
        return response.status;
      };
      assert.equal(await put({}), 400);
      assert.equal(await put({ minutes: 5, on: true }), 400);
      assert.equal(await put({ minutes: 1e6 }), 422);
      assert.equal(await put({ until: "2020-01-01T00:00:00Z" }), 422);
      const off = await command(dataDir, "pause", "off");
      assert.deepEqual([off.code, off.stdout], [0, "Recording goes on\n"]);
      assert.equal((await command(dataDir, "pause", "off")).stdout, "Not paused\n");
      const refused = await fetch(`${daemon.url}/pause`, { method: "DELETE" });
      await refused.body?.cancel();
      assert.equal(refused.status, 401);
    } finally {
      await daemon.stop();
    }
    const wrong = await command(dataDir, "pause", "soon");
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /Allowed is "30m", "2h", "1h30m", "until 17:00", "on" or "off"/);
  } finally {
    Deno.removeSync(dataDir, { recursive: true });
  }
});
