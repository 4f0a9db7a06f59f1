/**
 * A film in the camera's place: looked at as fast as that goes, and kept as a session of the past.
 * @module
 */
import type { FocusSpan } from "../daemon/core/focus.ts";
import type { Client } from "./client.ts";
import type { Context } from "./context.ts";
import { knownOptions } from "./focus_calibration.ts";
import type { CameraSource, Eyes } from "./focus_host.ts";
import { FocusKeeper } from "./focus_keeper.ts";
import { type Kept, report } from "./focus_report.ts";
import { hasFailed, isAny, type SendWish, tell, type Told } from "./focus_telling.ts";
import { FocusRun } from "./focus_run.ts";
import { openScreen } from "./focus_screen.ts";
import type { WireCalibration } from "./wire.ts";

export interface FilmOptions {
  readonly eyes: Eyes;
  readonly source: CameraSource;
  /** The name under which it is kept. */
  readonly label: string;
  readonly known: WireCalibration | null;
  readonly rate: number;
  readonly lookAwayMs?: number;
  readonly json: boolean;
  /** By which ways it is told what was seen. */
  readonly send: SendWish;
  /** The daemon, or the app in this process; the caller's to close. */
  readonly openClient: () => Promise<Client>;
}

/**
 * Looks at a film to its end, then keeps and reports what was seen; asked to end, what was seen until then.
 *
 * It is looked at faster than it lasts, so that its spans cannot have been now: they are kept as the time that
 * ended when the looking did. A film proves nobody's presence, ends no session that runs, and its pose is not
 * learned for anybody.
 *
 * @throws {Error} when there is nothing to see in it: then nothing is kept.
 */
export async function runFilm(options: FilmOptions, context: Context): Promise<void> {
  const { eyes, source, rate, lookAwayMs, known, json } = options;
  const screen = openScreen(json, 0);
  const spans: FocusSpan[] = [];
  const run = new FocusRun({
    ...{ eyes, source, rate, screen, signal: context.signal },
    attention: { lookAwayMs, ...knownOptions(known) },
    nowMs: () => NaN,
    onSpans: (more) => more.forEach((span) => join(spans, span)),
    onLearned() {},
  });
  const running = run.run();
  context.cleanups.defer(async () => {
    // The command may end for another reason than the run: it must not go on unseen.
    run.stop();
    await running.catch(() => {});
    // Kept before anything is shown: the terminal may be gone.
    await using keeping = spans.length > 0 ? await keep(spans, options) : undefined;
    screen.end();
    if (!keeping) return;
    const { kept, told, isAlone } = keeping;
    await report(run.totals, kept, { json, told, isAlone });
    const what = await told;
    if ("error" in kept || (what && hasFailed(what))) context.result.exitCode ||= 1;
  });
  await running;
}

/** Adds a span; of a long film each state is one, and not one a picture. */
function join(spans: FocusSpan[], span: FocusSpan): void {
  const last = spans.at(-1);
  if (last?.state !== span.state || last.endMs !== span.startMs) spans.push(span);
  else spans[spans.length - 1] = { ...last, endMs: span.endMs };
}

/** A film that is kept, or could not be, and what becomes of telling it; disposing of it waits for that. */
interface Keeping extends AsyncDisposable {
  readonly kept: Kept;
  readonly told?: Promise<Told>;
  readonly isAlone?: boolean;
}

async function keep(spans: readonly FocusSpan[], options: FilmOptions): Promise<Keeping> {
  const startMs = Date.now() - spans.at(-1)!.endMs;
  const { send } = options;
  let client: Client | undefined;
  try {
    client = await options.openClient();
    const isAlone = client.url === undefined;
    const nobody = () => Promise.reject(new Error("Cannot reach the daemon any more"));
    const keeper = new FocusKeeper(client, { running: nobody, last: nobody });
    await keeper.begin({
      source: "file",
      camera: options.label,
      start: new Date(startMs).toISOString(),
    });
    if (isAny(send)) await keeper.wishSend(send);
    keeper.add(spans.map((span) => ({
      ...span,
      startMs: span.startMs + startMs,
      endMs: span.endMs + startMs,
    })));
    const kept = { session: await keeper.end() };
    const told = isAny(send) ? tell(keeper, send) : undefined;
    return {
      ...{ kept, told, isAlone },
      async [Symbol.asyncDispose]() {
        await told;
        await client?.close();
      },
    };
  } catch (error) {
    return {
      kept: { error: error as Error },
      async [Symbol.asyncDispose]() {
        await client?.close();
      },
    };
  }
}
