/**
 * A session before the camera: shown, told of, and kept while it goes on.
 * @module
 */
import type { Client } from "./client.ts";
import type { Context } from "./context.ts";
import { FocusAlarms } from "./focus_alarms.ts";
import { knownOptions, toWire } from "./focus_calibration.ts";
import type { CameraSource, Eyes, FocusTerminal } from "./focus_host.ts";
import { FocusKeeper, type Reach } from "./focus_keeper.ts";
import { type Kept, report } from "./focus_report.ts";
import { hasFailed, isAny, type SendWish, tell } from "./focus_telling.ts";
import { FocusRun } from "./focus_run.ts";
import { openScreen, type Screen } from "./focus_screen.ts";
import { Keys } from "./keys.ts";
import { note, terminal } from "./output.ts";
import { cyan, dim, green, yellow } from "./style.ts";
import { clean } from "./text.ts";

/** How often what was seen is sent. */
const FLUSH_MS = 5_000;

export interface LiveOptions {
  readonly host: FocusTerminal;
  readonly eyes: Eyes;
  readonly source: CameraSource;
  readonly rate: number;
  readonly minutes: number;
  readonly lookAwayMs?: number;
  readonly bell: boolean;
  readonly notify: boolean;
  readonly json: boolean;
  /** By which ways its end is told. */
  readonly send: SendWish;
  /** No daemon stays behind. */
  readonly isAlone: boolean;
  /** The daemon; the caller's to close. */
  readonly client: Client;
  readonly reach: Reach;
}

/** Runs a session until its time is over or somebody ends it, then keeps and reports it. */
export async function runLive(options: LiveOptions, context: Context): Promise<void> {
  const { host, eyes, source, rate, minutes, lookAwayMs, bell, json, client, send } = options;
  const camera = await host.labelOf(source);
  const keeper = new FocusKeeper(client, options.reach);
  const { start, calibration } = await keeper.begin({
    ...{ source: "terminal", camera, planned_minutes: minutes },
  });
  await noteWish(keeper, send);
  const startMs = Date.parse(start);
  const screen = openScreen(json, startMs);
  const run = new FocusRun({
    ...{ eyes, source, rate, screen, signal: context.signal, plannedMs: minutes * 60_000 },
    attention: { lookAwayMs, ...knownOptions(calibration) },
    nowMs: host.sessionClock(startMs),
    alarms: new FocusAlarms({
      ...{ bell, screen, notify: options.notify ? host.notifyDesktop : undefined },
    }),
    onSpans: (spans) => keeper.add(spans),
    // Only for the next time: a session that cannot keep it goes on all the same.
    onLearned: (learned) => {
      const body = toWire(camera, learned, []);
      client.send("PUT", "/focus/calibration", body).catch(() => {});
    },
  });
  const sending = new Sending(keeper, run, screen);
  const keys = await listen(run, host, json);
  const running = run.run();
  context.cleanups.defer(async () => {
    keys?.[Symbol.dispose]();
    // The command may end for another reason than the run: it must not go on unseen.
    run.stop();
    await running.catch(() => {});
    sending[Symbol.dispose]();
    // Kept before anything is shown: the terminal may be gone.
    const kept = await keepRest(keeper);
    const told = "session" in kept && isAny(send) ? tell(keeper, send) : undefined;
    try {
      screen.end();
      await report(run.totals, kept, { json, told, isAlone: options.isAlone });
    } finally {
      const what = await told;
      await keeper.close();
      const isWell = "session" in kept && !keeper.refusal && !(what && hasFailed(what));
      if (!isWell) context.result.exitCode ||= 1;
    }
  });
  await running;
}

/** Notes by which ways the end is told. @throws when that cannot be; the session is over then. */
async function noteWish(keeper: FocusKeeper, send: SendWish): Promise<void> {
  if (!isAny(send)) return;
  try {
    await keeper.wishSend(send);
  } catch (error) {
    await keeper.end().catch(() => {});
    await keeper.close();
    throw error;
  }
}

/** Hears keys, where a person sits before this very program. */
async function listen(run: FocusRun, host: FocusTerminal, json: boolean) {
  if (json || !terminal.stdin || !terminal.stdout || !await host.isInForeground()) return undefined;
  note(dim(`${cyan("p")} pauses, ${cyan("Ctrl-C")} ends it and saves`));
  return new Keys((key) => {
    if (key === "p" || key === " ") run.togglePause();
  });
}

async function keepRest(keeper: FocusKeeper): Promise<Kept> {
  try {
    return { session: await keeper.end() };
  } catch (error) {
    return { error: error as Error };
  }
}

/** Sends what was seen every few seconds, and says when that does not work. */
class Sending {
  #isBehind = false;
  #timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly keeper: FocusKeeper,
    private readonly run: FocusRun,
    private readonly screen: Screen,
  ) {
    this.#timer = setInterval(() => void this.#send(), FLUSH_MS);
  }

  async #send(): Promise<void> {
    const { keeper, run, screen } = this;
    await keeper.flush();
    if (keeper.refusal) {
      this[Symbol.dispose]();
      screen.say(yellow(`The session ends here: ${clean(keeper.refusal.message)}`));
      return run.stop();
    }
    if (keeper.isBehind === this.#isBehind) return;
    this.#isBehind = keeper.isBehind;
    screen.say(
      this.#isBehind
        ? yellow("The daemon does not answer; the session goes on, and is saved when it is back")
        : green("The daemon is back, and has all of the session"),
    );
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
