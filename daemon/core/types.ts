/**
 * The words of the domain, shared by the daemon, the terminal and the dashboard.
 *
 * Times named `…Ms` are integer milliseconds since 1970-01-01T00:00:00Z unless a field says otherwise.
 * @module
 */

/** How a rule judges an activity. */
export type ActivityClass = "signal" | "noise" | "neutral";

/** What one second of the resolved timeline can be; a second in no segment is untracked. */
export type TimelineClass = ActivityClass | "afk";

/** Which observer produced an event. */
export type EventSource = "window" | "afk" | "phone" | "manual";

/** The window that has the focus; a field that could not be read is `undefined`, never "". */
export interface FocusedWindow {
  /** The program, as the platform names it: WM_CLASS's class part on X11, "chrome.exe" on Windows. */
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  readonly pid?: number;
  /** A private window of a browser that is known to mark them; `undefined`: not one, as far as can be told. */
  readonly isPrivate?: boolean;
}

/** What is classified and what two events must share to be merged. */
export interface Subject {
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
}

/** The judgement of a subject: by which class it counts, and under which heading it is shown. */
export interface Classification {
  readonly class: ActivityClass;
  /** Lower case, at most two levels: "development", "media/video"; `undefined` when no rule matched. */
  readonly category?: string;
}

/** A half-open span of time, `[startMs, endMs)`. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** One stored observation. */
export interface ActivityEvent extends Span {
  readonly id: number;
  /** Offset of the local time zone from UTC when the event began, in minutes; east is positive. */
  readonly utcOffsetMin: number;
  readonly source: EventSource;
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  readonly class: TimelineClass;
  readonly category?: string;
  /** The phone that sent it; `undefined` for this workstation. */
  readonly device?: string;
}

/** Time per class, in milliseconds. */
export interface ClassTotals {
  signalMs: number;
  noiseMs: number;
  neutralMs: number;
  afkMs: number;
}
