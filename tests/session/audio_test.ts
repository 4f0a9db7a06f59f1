/** What shows by ear that somebody is there, on a real sound server. */
import assert from "node:assert/strict";
import type { SoundEvidence } from "../../daemon/core/presence_sound.ts";
import { systemClock } from "../../daemon/os/clock.ts";
import { watchAudio } from "../../daemon/watchers/audio_watch.ts";
import { waitFor } from "../daemon_process.ts";
import { SOUND_NEEDS, startSoundSession } from "../desktop/sound_session.ts";

const { ignore, suffix } = SOUND_NEEDS;
const TOLERANCE_MS = 2_500;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The watcher in this process, with the environment of a session. */
function watch(env: Readonly<Record<string, string>>) {
  // Its programs have this process's environment.
  const before = Deno.env.get("XDG_RUNTIME_DIR");
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  const stop = new AbortController();
  const told: SoundEvidence[] = [];
  let health = ["", ""];
  const running = watchAudio({
    clock: systemClock,
    env: (name) => env[name],
    signal: stop.signal,
    onEvidence: (evidence) => told.push(evidence),
    report: (...words) => health = words,
  });
  return {
    told,
    is: (status: string, detail: RegExp) =>
      waitFor(() => health[0] === status && detail.test(health[1]) || undefined)
        .catch(() => assert.fail(`the part is ${health.join(": ")}`)),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
      if (before === undefined) Deno.env.delete("XDG_RUNTIME_DIR");
      else Deno.env.set("XDG_RUNTIME_DIR", before);
    },
  };
}

Deno.test({
  name: `a film and a call are evidence while they last; what nobody hears is none${suffix}`,
  ignore,
  async fn() {
    await using session = await startSoundSession();
    await session.play("Muted", "--volume=0");
    await session.play("Game", "--property=media.role=event");
    await session.pactl("load-module", "module-loopback", "source=mic", "sink=out");
    await using watcher = watch(session.env);
    await watcher.is("ok", /pactl/);
    const end = await session.play("Film");
    const beginMs = Date.now();
    const hangUp = await session.record("mic", "Zoom Meeting");
    const film = await waitFor(() => watcher.told.find(({ evidence }) => evidence === "heard"));
    assert.ok(Math.abs(film.fromMs - beginMs) < TOLERANCE_MS, `${film.fromMs - beginMs} ms off`);
    assert.ok(film.toMs - film.fromMs >= 5_000, "a blip would have done");
    await waitFor(() => watcher.told.find(({ evidence }) => evidence === "call"));
    await end();
    const endMs = Date.now();
    const last = await waitFor(() => {
      const last = watcher.told.findLast(({ evidence }) => evidence === "heard")!;
      return last.toMs > film.toMs ? last : undefined;
    });
    assert.ok(Math.abs(last.toMs - endMs) < TOLERANCE_MS, `its end is ${last.toMs - endMs} ms off`);
    const hangUpMs = Date.now();
    await hangUp();
    await waitFor(() => {
      const last = watcher.told.findLast(({ evidence }) => evidence === "call")!;
      return last.toMs >= hangUpMs || undefined;
    });
    const count = watcher.told.length;
    await session.pactl("set-sink-input-volume", "0", "0");
    await sleep(2_500);
    assert.equal(watcher.told.length, count, "silence is told of");
  },
});

Deno.test({
  name: `a sound server that comes late, goes away and comes back${suffix}`,
  ignore,
  async fn() {
    await using session = await startSoundSession();
    await session.kill();
    await Deno.remove(`${session.env.XDG_RUNTIME_DIR}/pulse`, { recursive: true });
    await using watcher = watch(session.env);
    await watcher.is("off", /^there is no sound server; next try in 1 s$/);
    await session.start();
    await session.play("Film");
    await watcher.is("ok", /pactl/);
    // What goes on already is no notification.
    await waitFor(() => watcher.told[0], 2_000);
    await session.kill();
    await watcher.is("off", /^the sound server does not answer; next try in 5 s/);
    await session.start();
    await watcher.is("ok", /pactl/);
  },
});

Deno.test({
  name: `without pactl nothing is tried again${suffix}`,
  ignore,
  async fn() {
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", "/nonexistent");
    try {
      await using watcher = watch({ PULSE_SERVER: "unix:/nonexistent" });
      await watcher.is("off", /^Cannot start pactl: .*sound shows nobody's presence$/);
    } finally {
      Deno.env.set("PATH", path);
      Deno.env.delete("PULSE_SERVER");
    }
  },
});
