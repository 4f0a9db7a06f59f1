/** Who uses the microphone, by a real sound server. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MicrophoneUse } from "../../daemon/watchers/microphone_pactl.ts";
import { waitFor } from "../daemon_process.ts";
import { SOUND_NEEDS, type SoundSession, startSoundSession } from "./sound_session.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function soundTest(name: string, fn: (session: SoundSession) => Promise<void>): void {
  Deno.test({
    name: `${name}${SOUND_NEEDS.suffix}`,
    ignore: SOUND_NEEDS.ignore,
    async fn() {
      await using session = await startSoundSession();
      await fn(session);
    },
  });
}

/** What the product sees, with its permissions; `null` for what it cannot tell. */
async function seen(env: Record<string, string>): Promise<MicrophoneUse | null> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-check", "--config", join(ROOT, "deno.json")],
      ...["-P=product", join(ROOT, "tests/fixtures/print_microphone.ts")],
    ],
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH") ?? "",
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      HOME: "/nonexistent",
      ...env,
    },
    stdin: "null",
    stderr: "null",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

const becomes = (env: Record<string, string>, expected: MicrophoneUse | null) =>
  waitFor(async () => JSON.stringify(await seen(env)) === JSON.stringify(expected));

soundTest(
  "a call uses the microphone; a monitor and a level meter do not",
  async ({ env, record }) => {
    assert.deepEqual(await seen(env), { inUse: false });
    await record("out.monitor", "Recorder");
    await record("mic", "Volume Control", "Peak detect");
    assert.deepEqual(await seen(env), { inUse: false });
    const hangUp = await record("mic", "Zoom Meeting", "Größe");
    // Every language has its own words for it.
    assert.deepEqual(await seen({ ...env, LANG: "de_DE.UTF-8" }), {
      inUse: true,
      by: "Zoom Meeting",
    });
    await hangUp();
    await becomes(env, { inUse: false });
  },
);

soundTest("an old pactl without JSON says the same", async ({ env, record }) => {
  const bin = join(env.XDG_RUNTIME_DIR, "bin");
  await Deno.mkdir(bin);
  await Deno.writeTextFile(
    join(bin, "pactl"),
    `#!/bin/sh
case "$1" in
  -*) echo "pactl: unrecognized option '$1'" >&2; exit 1;;
esac
PATH=\${PATH#*:}
exec pactl "$@"
`,
    { mode: 0o755 },
  );
  const old = { ...env, PATH: `${bin}:${Deno.env.get("PATH")}` };
  assert.deepEqual(await seen(old), { inUse: false });
  await record("mic", "Zoom Meeting");
  assert.deepEqual(await seen(old), { inUse: true, by: "Zoom Meeting" });
});

soundTest("nobody can tell without a server, or without pactl", async ({ env, record, kill }) => {
  await record("mic", "Zoom Meeting");
  assert.equal(await seen({ ...env, PATH: env.XDG_RUNTIME_DIR }), null);
  assert.notEqual(await seen(env), null);
  await kill();
  await becomes(env, null);
});
