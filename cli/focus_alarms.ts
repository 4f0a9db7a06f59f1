/**
 * Who is told that the person looks away: the bell, then the desktop.
 * @module
 */
import type { FocusTerminal, Seen } from "./focus_host.ts";
import { ringBell } from "./output.ts";
import type { Screen } from "./focus_screen.ts";
import { yellow } from "./style.ts";
import { clean } from "./text.ts";

export interface AlarmOptions {
  readonly bell: boolean;
  readonly notify: FocusTerminal["notifyDesktop"] | undefined;
  readonly screen: Screen;
}

/** A picture darker than this, mean luma 0..1, is black. */
const BLACK = 0.02;
/** Cameras begin with some black pictures. */
const BLACK_MS = 1_000;

const TITLE = "ProdTracker";

export class FocusAlarms {
  #level = 0;
  #wasDrowsy = false;
  #cannotNotify = false;
  #blackSinceMs: number | undefined;
  #toldBlack = false;

  constructor(private readonly options: AlarmOptions) {}

  /** Looks at what a moment of the session brought. */
  take(seen: Seen): void {
    const { alert, reason, isDrowsy } = seen.attention;
    if (alert > this.#level) {
      if (alert >= 2) this.#ring();
      const what = reason === "eyes closed" ? "Your eyes are closed" : "You are looking away";
      if (alert >= 3) this.#notify(`${what}: back to work?`);
    }
    this.#level = alert;
    if (isDrowsy && !this.#wasDrowsy) {
      const text = "You look drowsy: your eyes were closed for much of the last minute";
      this.options.screen.say(yellow(text));
      this.#ring();
      this.#notify(`${text}. A break?`);
    }
    this.#wasDrowsy = isDrowsy;
    this.#lookForBlack(seen);
  }

  /** Says that a camera gives black pictures, once for each time. */
  #lookForBlack({ atMs, observation: { brightness, faceCount, doubts } }: Seen): void {
    const isPicture = !doubts.includes("bad frame") || brightness > 0;
    if (faceCount > 0 || brightness >= BLACK) {
      this.#blackSinceMs = undefined;
      this.#toldBlack = false;
      return;
    }
    if (!isPicture) return;
    this.#blackSinceMs ??= atMs;
    if (this.#toldBlack || atMs - this.#blackSinceMs < BLACK_MS) return;
    this.#toldBlack = true;
    this.options.screen.say(yellow(
      "The camera gives black pictures: open its cover or make some light, or another program has it; " +
        "until then it counts as uncertain",
    ));
  }

  #ring(): void {
    if (this.options.bell) ringBell();
  }

  /** What cannot be shown is said once. */
  #notify(body: string): void {
    if (this.#cannotNotify) return;
    this.options.notify?.({ title: TITLE, body }).catch((error: Error) => {
      if (this.#cannotNotify) return;
      this.#cannotNotify = true;
      this.options.screen.say(yellow(clean(error.message)));
    });
  }
}
