/** In a namespace, on a real desktop: what holds the loop back, and that no block comes then. */
import assert from "node:assert/strict";
import { waitFor } from "../daemon_process.ts";
import { startSoundSession } from "../desktop/sound_session.ts";
import { startXSession } from "../x_session.ts";
import { blocking, type Config, Stage, YOUTUBE, ZOOM } from "./stage.ts";

const original = Deno.readTextFileSync("/etc/hosts");
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Time in which nudge, stronger nudge and block would have come. */
const ALL_STEPS_MS = 22_000;

interface HeldOptions {
  readonly env?: Record<string, string>;
  readonly set?: (config: Config) => Config;
  /** Before the noise. */
  readonly before?: (stage: Stage) => Promise<void>;
  /** The note of what was held back; `undefined`: none is made. */
  readonly reason?: RegExp;
  /** What ends the holding back; then the nudge comes. */
  readonly after?: (stage: Stage) => Promise<void>;
}

async function held(what: string, { env, set, before, reason, after }: HeldOptions) {
  await using session = await startXSession();
  await using stage = await Stage.open(session, {
    env: { DISPLAY: session.display, ...env },
    set: (config) => (set ?? ((same) => same))(blocking(config)),
  });
  await before?.(stage);
  await stage.open(YOUTUBE);
  await sleep(ALL_STEPS_MS);
  const steps = await stage.steps();
  assert.ok(stage.told.every(({ nudge }) => nudge === null), `${what}: something was shown`);
  assert.equal(Deno.readTextFileSync("/etc/hosts"), original, `${what}: something was blocked`);
  assert.deepEqual(await stage.daemon.get("/blocker/history"), []);
  if (reason === undefined) assert.deepEqual(steps, [], what);
  else {
    assert.deepEqual(steps.map(({ step, outcome }) => [step, outcome]), [["nudge", "held"]], what);
    assert.match(steps[0].reason!, reason);
    assert.match(steps[0].explanation, /^\d+ of 12 seconds on YouTube$/);
    assert.match(stage.told.at(-1)!.held_by!, reason);
  }
  if (!after) return;
  await after(stage);
  const nudge = await stage.nudge(() => true);
  assert.equal(nudge.step, "nudge", `${what}: what still holds is said afterwards`);
}

const quiet = (from: number, to: number) => {
  const at = (hours: number) => {
    const hour = (new Date().getHours() + hours + 24) % 24;
    return `${String(hour).padStart(2, "0")}:00`;
  };
  const days: NonNullable<Config["quiet"]>["days"] = [
    ...["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const,
  ];
  return { from: at(from), to: at(to), days };
};

await using sound = await startSoundSession();
const hangUp = await sound.record("mic", "Zoom Meeting");
await Promise.all([
  held("a meeting in front just now", {
    before: (stage) => stage.open(ZOOM),
    reason: /^a meeting \(Zoom\)$/,
    after: (stage) => stage.set((config) => ({ ...config, spares_meetings: false })),
  }),
  held("quiet hours", {
    set: (config) => ({ ...config, quiet: quiet(-2, 2) }),
    reason: /^quiet hours until \d\d:00$/,
    after: (stage) => stage.set((config) => ({ ...config, quiet: null })),
  }),
  held("quiet that was asked for", {
    before: (stage) => stage.send("/loop/snooze", { minutes: 10 }),
    after: (stage) => stage.send("/loop/snooze", { minutes: 0 }),
  }),
  held("a microphone", {
    env: sound.env,
    reason: /^a microphone is in use \(Zoom Meeting\)$/,
    after: async (stage) => {
      await hangUp();
      // It is asked for every half a minute.
      await waitFor(() => stage.told.at(-1)!.nudge ?? undefined, 60_000);
    },
  }),
  held("the loop switched off", {
    set: (config) => ({ ...config, on: false }),
    after: (stage) => stage.set((config) => ({ ...config, on: true })),
  }),
  held("the rule switched off", {
    set: (config) => ({
      ...config,
      rules: { ...config.rules, noise: { ...config.rules.noise, on: false } },
    }),
  }),
]);
