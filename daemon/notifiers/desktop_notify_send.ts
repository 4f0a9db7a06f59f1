/**
 * Notifications by libnotify's `notify-send`, for where the D-Bus session cannot be talked to directly.
 * @module
 */
import type { Notification, ShownNotification } from "../core/notification.ts";
import { type Piped, runProgram, startPiped } from "../os/exec.ts";
import {
  APP,
  type DesktopCandidate,
  escaped,
  expiryMs,
  HindranceError,
  lastLine,
  shownBy,
} from "./desktop_candidate.ts";

const PROGRAM = "notify-send";
const LIMIT_MS = 5_000;
/** What was asked to take its notification away is ended after this. */
const CLOSE_MS = 1_000;
/** Else it refuses letters that are not ASCII where cron or a service manager gave it no language. */
const ENV = { LC_ALL: "C.UTF-8" };

const MISSING = {
  reason: `${PROGRAM} is not there`,
  remedy: "install it (Debian, Ubuntu: sudo apt install libnotify-bin)",
};
const REMEDY = "start it inside a desktop session";

/** The arguments of `notify-send`; buttons only for `withActions`, which old versions do not know. */
export function notifySendArgs(
  notification: Notification,
  { withActions = false }: { readonly withActions?: boolean } = {},
): string[] {
  const { title, body, isUrgent, actions = [] } = notification;
  return [
    `--app-name=${APP}`,
    `--urgency=${isUrgent ? "critical" : "normal"}`,
    `--expire-time=${expiryMs(notification)}`,
    "--category=x-prodtracker.nudge",
    "--hint=string:desktop-entry:prodtracker",
    // The number says that it is up. Not "--wait": it would wait for one that could not be shown, too.
    ...withActions ? ["--print-id"] : [],
    ...withActions ? actions.map(({ id, label }) => `--action=${id}=${label}`) : [],
    "--",
    title,
    // It takes backslashes in the body, and only there, for the beginning of "\\n" and the like.
    escaped(body).replaceAll("\\", "\\\\"),
  ];
}

export class NotifySend implements DesktopCandidate {
  #up = new Set<ShownNotification>();

  async show(notification: Notification): Promise<ShownNotification> {
    const { actions = [] } = notification;
    if (actions.length > 0 && await knowsActions()) return this.#showAndWait(notification);
    const ran = await runProgram([PROGRAM, ...notifySendArgs(notification)], {
      limitMs: LIMIT_MS,
      env: ENV,
    });
    if (ran.code === 0) return shownBy(PROGRAM);
    throw ran.code === 127 ? missing(ran.stderr) : refused(ran.stderr);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#up].map((shown) => shown.close()));
  }

  /** It says the notification's number when it is up, then the action's id, and ends with it. */
  async #showAndWait(notification: Notification): Promise<ShownNotification> {
    const args = notifySendArgs(notification, { withActions: true });
    const child = startPiped([PROGRAM, ...args], { env: ENV });
    const late = setTimeout(() => child.kill(), LIMIT_MS);
    const lines = linesOf(child.stdout);
    const number = await lines.next();
    // No notification has the number 0.
    const isUp = !number.done && number.value !== "0";
    if (!isUp) await Promise.all([lines.return(), child.ended]);
    clearTimeout(late);
    if (!isUp) throw refused(child.said.join("\n"));
    const answer = answerOf(lines, notification);
    const shown = {
      by: PROGRAM,
      answer,
      close: async () => {
        child.interrupt();
        const late = setTimeout(() => child.kill(), CLOSE_MS);
        await child.ended;
        clearTimeout(late);
        await answer;
      },
    };
    this.#up.add(shown);
    child.ended.then(() => this.#up.delete(shown));
    return shown;
  }
}

/** Whether it takes actions (libnotify 0.8 and later) and says which one was chosen. */
async function knowsActions(): Promise<boolean> {
  const { stdout } = await runProgram([PROGRAM, "--help"], { limitMs: LIMIT_MS, env: ENV });
  return ["--action", "--print-id"].every((option) => stdout.includes(option));
}

/** The first line that is an action's id, before it ends. */
async function answerOf(
  lines: AsyncGenerator<string, void>,
  { actions = [] }: Notification,
): Promise<string | undefined> {
  for await (const line of lines) {
    if (actions.some(({ id }) => id === line)) return line;
  }
  return undefined;
}

/** The whole lines of what a program writes; ends also when it is cut off. */
async function* linesOf(stream: Piped["stdout"]): AsyncGenerator<string, void> {
  let open = "";
  try {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      const lines = (open + text).split("\n");
      open = lines.pop()!;
      yield* lines;
    }
  } catch { /* it was killed */ }
}

function missing(said: string): HindranceError {
  return new HindranceError(MISSING.reason, MISSING.remedy, { cause: new Error(said) });
}

function refused(said: string): HindranceError {
  return new HindranceError(`${PROGRAM} says: ${lastLine(said) ?? "nothing"}`, REMEDY);
}
