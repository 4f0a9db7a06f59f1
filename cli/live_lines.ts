/**
 * The lines of `track`: what has the focus, since when, and for how long.
 * @module
 */
import type { WireState } from "../daemon/api/wire.ts";
import type { TimelineClass } from "../daemon/core/types.ts";
import { printJson, terminal, write } from "./output.ts";
import { CLASS_STYLE, dim } from "./style.ts";
import { clean, clip, displayWidth, pad } from "./text.ts";
import { duration, timeOf } from "./words.ts";

/** A stretch of time with one window, or away. */
export interface LiveSpan {
  readonly startMs: number;
  readonly class: TimelineClass;
  readonly category: string | null;
  readonly app: string | null;
  readonly title: string | null;
}

/** What a state shows; `undefined` when nothing has the focus. */
export function spanOf(
  { now, afk, afk_since }: Pick<WireState, "now" | "afk"> & { afk_since?: string | null },
  nowMs: number,
): LiveSpan | undefined {
  if (afk) {
    const startMs = afk_since ? Date.parse(afk_since) : nowMs;
    return { startMs, class: "afk", category: null, app: null, title: null };
  }
  if (!now) return undefined;
  const { app, title, category } = now;
  return { startMs: Date.parse(now.since), class: now.class, category, app, title };
}

const APP_COLUMNS = 18;

/** "14:03:22  signal   Code    main.ts — prodtracker    12 min", in `width` columns. */
export function spanLine(span: LiveSpan, nowMs: number, width: number): string {
  const { paint, word } = CLASS_STYLE[span.class];
  const time = timeOf(new Date(span.startMs));
  const length = duration((nowMs - span.startMs) / 1000);
  const app = pad(clip(clean(span.app ?? ""), APP_COLUMNS), APP_COLUMNS);
  const room = width - displayWidth(`${time}  neutral  ${app}    `) - 10;
  const title = pad(clip(clean(span.title ?? ""), Math.max(0, room)), Math.max(0, room));
  return `${dim(time)}  ${paint(pad(word, 7))}  ${app}  ${title}  ${pad(length, 10, "right")}`;
}

/** Follows the states, and tells where one stretch ends and the next begins. */
abstract class Lines {
  #open: LiveSpan | undefined;

  /** Takes a new state. */
  take(state: WireState, nowMs: number): void {
    const next = spanOf(state, nowMs);
    if (this.#open && next && sameSubject(this.#open, next)) return;
    if (this.#open) this.close(this.#open, Math.max(this.#open.startMs, next?.startMs ?? nowMs));
    this.#open = next;
    if (next) this.open(next, nowMs);
  }

  /** Called each second. */
  tick(nowMs: number): void {
    if (this.#open) this.update(this.#open, nowMs);
  }

  /** Ends what is open. */
  end(nowMs: number): void {
    if (this.#open) this.close(this.#open, nowMs);
    this.#open = undefined;
  }

  protected abstract open(span: LiveSpan, nowMs: number): void;
  protected abstract update(span: LiveSpan, nowMs: number): void;
  protected abstract close(span: LiveSpan, endMs: number): void;
}

function sameSubject(a: LiveSpan, b: LiveSpan): boolean {
  return a.class === b.class && a.app === b.app && a.title === b.title;
}

/** For a person: on a terminal the last line grows with time; elsewhere a line is written at its end. */
export class LiveLines extends Lines {
  protected open(span: LiveSpan, nowMs: number): void {
    this.update(span, nowMs);
  }

  protected update(span: LiveSpan, nowMs: number): void {
    if (terminal.stdout) this.#rewrite(span, nowMs, "");
  }

  protected close(span: LiveSpan, endMs: number): void {
    if (terminal.stdout) this.#rewrite(span, endMs, "\n");
    else write(`${spanLine(span, endMs, terminal.columns)}\n`);
  }

  /** Leaves room for the "^C" that a terminal writes; a full line would be broken by it. */
  #rewrite(span: LiveSpan, atMs: number, end: string): void {
    write(`\r${spanLine(span, atMs, terminal.columns - 3)}\x1b[K${end}`);
  }
}

/** For a program: a line when a stretch begins, and one when it has ended. */
export class JsonLines extends Lines {
  protected open(span: LiveSpan): void {
    printJson({ type: "begin", ...wire(span) }, 0);
  }

  protected update(): void {}

  protected close(span: LiveSpan, endMs: number): void {
    const end = new Date(endMs).toISOString();
    const seconds = (endMs - span.startMs) / 1000;
    printJson({ type: "end", ...wire(span), end, duration_seconds: seconds }, 0);
  }
}

function wire({ startMs, ...rest }: LiveSpan) {
  return { start: new Date(startMs).toISOString(), ...rest };
}
