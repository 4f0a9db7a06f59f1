/**
 * What a focus session shows while it goes on: a line that lives, lines at changes, or JSON.
 * @module
 */
import type { FocusState } from "../daemon/core/focus_session.ts";
import type { Seen } from "./focus_host.ts";
import { timer } from "./focus_style.ts";
import { changeLine, liveLine, type LiveState } from "./focus_view.ts";
import { note, print, printJson, terminal, write } from "./output.ts";
import { timeOf } from "./words.ts";

/** How a session is shown. */
export interface Screen {
  /** A moment of it; `seen` is absent while it is paused. */
  show(live: LiveState, seen: Seen | undefined): void;
  /** Something that is no data. */
  say(line: string): void;
  /** Nothing more comes. */
  end(): void;
}

/** The screen for whoever looks; `startMs` is when the session begins, on its clock. */
export function openScreen(json: boolean, startMs: number): Screen {
  if (json) return new JsonScreen(startMs);
  return terminal.stdout ? new LiveScreen() : new ChangeScreen();
}

/** One line that is written anew; for a terminal. */
class LiveScreen implements Screen {
  #shown = "";

  show(live: LiveState): void {
    // Room for the "^C" that a terminal writes: a full line would be broken by it.
    const line = liveLine(live, terminal.columns - 3);
    if (line === this.#shown) return;
    this.#shown = line;
    write(`\r${line}\x1b[K`);
  }

  say(line: string): void {
    write("\r\x1b[K");
    note(line);
    if (this.#shown !== "") write(this.#shown);
  }

  end(): void {
    if (this.#shown !== "") write("\r\x1b[K");
    this.#shown = "";
  }
}

/** A line for each change of state: by the clock, or by that of the film. */
class ChangeScreen implements Screen {
  #last: string | undefined;

  show({ state, reason, isFilm, isPaused }: LiveState, seen: Seen | undefined): void {
    const key = isPaused ? "paused" : `${state} ${reason}`;
    if (!seen || key === this.#last) return;
    this.#last = key;
    const { atMs } = seen;
    print(changeLine(isFilm ? timer(atMs) : timeOf(new Date(atMs)), state, reason));
  }

  say(line: string): void {
    note(line);
  }

  end(): void {}
}

/** One JSON line an observation. */
class JsonScreen implements Screen {
  /** @param startMs When the session began, on its clock. */
  constructor(private readonly startMs: number) {}

  show(_live: LiveState, seen: Seen | undefined): void {
    if (seen) printJson(wireObservation(seen, this.startMs), 0);
  }

  say(line: string): void {
    note(line);
  }

  end(): void {}
}

/** An observation as `--json` prints it: nothing of the picture, no landmark, no box. */
export function wireObservation({ atMs, observation, attention }: Seen, startMs: number) {
  const { pose, eyes, brightness, faceCount } = observation;
  const { state, reason, alert, perclos, isDrowsy } = attention;
  return {
    at_seconds: rounded((atMs - startMs) / 1000, 3),
    state: state satisfies FocusState,
    reason: reason ?? null,
    faces: faceCount,
    yaw_deg: rounded(pose?.yawDeg, 1),
    pitch_deg: rounded(pose?.pitchDeg, 1),
    roll_deg: rounded(pose?.rollDeg, 1),
    left_eye_open: rounded(eyes?.leftOpen, 3),
    right_eye_open: rounded(eyes?.rightOpen, 3),
    brightness: rounded(brightness, 3),
    alert,
    perclos: rounded(perclos, 3),
    drowsy: isDrowsy,
  };
}

function rounded(value: number, digits: number): number;
function rounded(value: number | undefined, digits: number): number | null;
function rounded(value: number | undefined, digits: number): number | null {
  return value === undefined ? null : Number(value.toFixed(digits));
}
