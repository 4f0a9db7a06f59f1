/**
 * Notifications of the desktop: the first way that works here.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import type { DesktopNotifier, Notification } from "../core/notification.ts";
import { type DesktopCandidate, HindranceError } from "./desktop_candidate.ts";
import { DbusNotifications } from "./desktop_dbus.ts";
import { MacosNotifications } from "./desktop_macos.ts";
import { NotifySend } from "./desktop_notify_send.ts";
import { harmless } from "./desktop_text.ts";
import { WindowsNotifications } from "./desktop_windows.ts";

type Env = (name: string) => string | undefined;

interface NotifierOptions {
  /** Whether the process lives on while a notification is up. @default true */
  readonly holdsProcess?: boolean;
}

/** The ways to show notifications on a system, the best one first. */
function candidates(env: Env, holdsProcess: boolean): DesktopCandidate[] {
  if (Deno.build.os === "darwin") return [new MacosNotifications()];
  if (Deno.build.os === "windows") return [new WindowsNotifications()];
  return [new DbusNotifications({ env, holdsProcess }), new NotifySend()];
}

/** A notifier that connects to nothing before the first notification. */
export function openDesktopNotifier(
  env: Env,
  { holdsProcess = true }: NotifierOptions = {},
): DesktopNotifier {
  const ways = candidates(env, holdsProcess);
  return {
    async show(notification) {
      const shown = harmless(notification);
      const hindrances: HindranceError[] = [];
      for (const way of ways) {
        try {
          return await way.show(shown);
        } catch (error) {
          if (!(error instanceof HindranceError)) throw error;
          hindrances.push(error);
          if (error.isFinal) break;
        }
      }
      throw together(hindrances);
    },
    async close() {
      await Promise.all(ways.map((way) => way.close()));
    },
  };
}

/** Why no way works; the best one's remedy is the one to try. */
function together(hindrances: readonly HindranceError[]): UnsupportedError {
  const reasons = hindrances.map(({ reason }) => reason).join(", and ");
  const [{ remedy }] = hindrances;
  return new UnsupportedError(`Cannot show notifications: ${reasons}; ${remedy}`, {
    cause: hindrances[0],
  });
}

/** Shows notifications that nobody answers and for which no process lives on. */
export function openTeller(env: Env): (notification: Notification) => Promise<void> {
  const notifier = openDesktopNotifier(env, { holdsProcess: false });
  return async ({ title, body, isUrgent }) => {
    await notifier.show({ title, body, isUrgent });
  };
}
