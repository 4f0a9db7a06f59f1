/**
 * Watches who listens and who speaks: one `pactl subscribe` says that something changed, and only then is it asked what.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import type { PartStatus } from "../core/health.ts";
import type { Clock } from "../core/ports.ts";
import { judgeSound, type SoundEvidence, type SoundState } from "../core/presence_sound.ts";
import { Alarm } from "../os/alarm.ts";
import { startPiped } from "../os/exec.ts";
import { exists } from "../os/files.ts";
import { abortableDelay, supervise } from "../os/supervisor.ts";
import { isAnythingHeard, PACTL_ENV } from "./audio_pactl.ts";
import { microphoneUse } from "./microphone_pactl.ts";

export interface AudioWatchOptions {
  readonly clock: Clock;
  readonly env: (name: string) => string | undefined;
  readonly signal: AbortSignal;
  onEvidence(evidence: SoundEvidence): void;
  report(status: PartStatus, detail: string): void;
}

/** Waits before another try; without a server each starts a program for nothing. */
const BACKOFF_MS = [1_000, 5_000, 30_000, 60_000, 300_000];
/** Changes come in flocks: a volume that is turned, a stream that begins. */
const SETTLE_MS = 200, APART_MS = 1_500;
/** More than any line that says something. */
const LINE_CHARS = 500;
const EVENT = /^Event '\w+' on (sink-input|source-output|server) #/;

/** Watches until the signal aborts; where there is no `pactl` it says so and ends. */
export async function watchAudio(options: AudioWatchOptions): Promise<void> {
  const { signal, report } = options;
  await supervise(async () => {
    try {
      await listen(options);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      report("off", `${error.message}: sound shows nobody's presence`);
    }
  }, {
    signal,
    backoffMs: BACKOFF_MS,
    // Off and not degraded: there are machines without sound.
    onFailure: ({ message }, retryInMs) =>
      report("off", `${message}; next try in ${retryInMs / 1_000} s`),
  });
}

/** @throws {UnsupportedError} without `pactl`; another error when there is no sound server, or it went away. */
async function listen(options: AudioWatchOptions): Promise<void> {
  const { env, signal, report } = options;
  if (!mayHaveServer(env)) throw new Error("there is no sound server");
  const program = startPiped(["pactl", "subscribe"], { env: PACTL_ENV });
  const end = () => program.kill();
  signal.addEventListener("abort", end);
  const asked = new Asked();
  const gone = new AbortController();
  const said = program.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const reading = readEvents(said, asked, signal).finally(() => gone.abort());
  try {
    await judgeWhileOn(
      options,
      asked,
      AbortSignal.any([signal, gone.signal]),
      () =>
        report("ok", "what plays and who uses a microphone is told by the sound server (pactl)"),
    );
    if (!signal.aborted) throw new Error("the sound server does not answer");
  } finally {
    signal.removeEventListener("abort", end);
    program.kill();
    // What its own children hold open is not waited for.
    await said.cancel().catch(() => {});
    await reading;
    await program.ended;
  }
}

/**
 * Whether it is worth a try: the server's socket is where it is in a session, or said to be elsewhere. Looking costs
 * nothing; a `pactl` that finds nobody does, and may start a server.
 */
function mayHaveServer(env: (name: string) => string | undefined): boolean {
  const runtimeDir = env("XDG_RUNTIME_DIR");
  if (env("PULSE_SERVER") !== undefined) return true;
  return runtimeDir !== undefined && exists(`${runtimeDir}/pulse/native`);
}

/** What is to be looked at. */
class Asked {
  readonly alarm = new Alarm();
  plays = true;
  records = true;

  take(kind: string): void {
    if (kind !== "source-output") this.plays = true;
    if (kind !== "sink-input") this.records = true;
    this.alarm.ring();
  }
}

async function readEvents(
  reader: ReadableStreamDefaultReader<string>,
  asked: Asked,
  signal: AbortSignal,
): Promise<void> {
  let open = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (open + part.value).split("\n");
      open = lines.pop()!.slice(0, LINE_CHARS);
      for (const line of lines) {
        const [, kind] = EVENT.exec(line) ?? [];
        if (kind !== undefined) asked.take(kind);
      }
      // Whatever floods us waits.
      await abortableDelay(SETTLE_MS, signal);
    }
  } catch { /* it was cut off */ }
}

/** Judges what goes on whenever it changes, and while it lasts. */
async function judgeWhileOn(
  { clock, onEvidence }: AudioWatchOptions,
  asked: Asked,
  signal: AbortSignal,
  ready: () => void,
): Promise<void> {
  let state: SoundState = {};
  let isHeard: boolean | undefined, isCall: boolean | undefined;
  const judge = (isFirst: boolean) => {
    const at = { nowMs: clock.nowMs(), monoMs: clock.monoMs() };
    const seen = { isHeard: isHeard === true, isCall: isCall === true };
    const step = judgeSound(state, seen, { at, isFirst });
    state = step.state;
    for (const evidence of step.evidence) onEvidence(evidence);
    return step.dueInMs;
  };
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    if (asked.plays) {
      asked.plays = false;
      isHeard = await isAnythingHeard();
    }
    if (asked.records) {
      asked.records = false;
      isCall = (await microphoneUse())?.inUse;
    }
    if (signal.aborted || isHeard === undefined || isCall === undefined) break;
    if (isFirst) ready();
    const askedMono = clock.monoMs();
    for (let dueInMs = judge(isFirst); !signal.aborted; dueInMs = judge(false)) {
      await asked.alarm.wait(dueInMs, signal);
      if (asked.plays || asked.records) break;
    }
    const restMs = APART_MS - (clock.monoMs() - askedMono);
    await abortableDelay(Math.max(SETTLE_MS, restMs), signal);
  }
  // Whatever went on until now.
  isHeard = isCall = false;
  judge(false);
}
