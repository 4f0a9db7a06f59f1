/**
 * What shows notifications on one kind of desktop, and what all of them do alike.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import type { Notification, ShownNotification } from "../core/notification.ts";

/** One way to show notifications; tried in order. */
export interface DesktopCandidate {
  /** Shows texts that were made harmless. @throws {HindranceError} when this way does not work here. */
  show(notification: Notification): Promise<ShownNotification>;
  /** Takes away what it still shows; it may be asked to show again later. */
  close(): Promise<void>;
}

interface HindranceOptions extends ErrorOptions {
  /** The other ways would ask the same service in vain, or show it a second time. @default false */
  readonly isFinal?: boolean;
}

/** Why one way does not work, as the end of "Cannot show notifications: …". */
export class HindranceError extends UnsupportedError {
  override name = "HindranceError";
  readonly isFinal: boolean;

  constructor(readonly reason: string, readonly remedy: string, options: HindranceOptions = {}) {
    super(`Cannot show notifications: ${reason}; ${remedy}`, options);
    this.isFinal = options.isFinal ?? false;
  }
}

/** The name under which a desktop lists them. */
export const APP = "ProdTracker";

/** How long one stays that is not urgent. Some desktops know better. */
export function expiryMs({ isUrgent, actions = [] }: Notification): number {
  if (isUrgent) return 0;
  return actions.length > 0 ? 30_000 : 10_000;
}

/** Many desktops take the body for markup. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** For ways that only show: nobody can tell what became of it. */
export function shownBy(by: string): ShownNotification {
  return { by, answer: Promise.resolve(undefined), close: () => Promise.resolve() };
}

/** The last line that a program said, as a reason. */
export function lastLine(text: string): string | undefined {
  return text.trim().split("\n").at(-1)?.trim().slice(0, 200) || undefined;
}
