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
/** What could not be shown was said by then. */
const REFUSAL_MS = 1_000;
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
    // Not "--wait", which they imply: it would wait for one that could not be shown, too.
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

  /** It ends when the notification is gone, and says the action's id before. */
  async #showAndWait(notification: Notification): Promise<ShownNotification> {
    const args = notifySendArgs(notification, { withActions: true });
    const child = startPiped([PROGRAM, ...args], { env: ENV });
    const answer = readAnswer(child, notification);
    // What cannot be shown makes it end at once. It says nothing when it is up: its output is held back by then.
    if (await endsWithin(child, REFUSAL_MS) && await child.ended !== 0) {
      throw refused(child.said.join("\n"));
    }
    const shown = {
      by: PROGRAM,
      answer,
      close: async () => {
        child.interrupt();
        if (!await endsWithin(child, CLOSE_MS)) child.kill();
        await answer;
      },
    };
    this.#up.add(shown);
    answer.then(() => this.#up.delete(shown));
    return shown;
  }
}

/** Whether it takes actions (libnotify 0.8 and later) and says which one was chosen. */
async function knowsActions(): Promise<boolean> {
  const { stdout } = await runProgram([PROGRAM, "--help"], { limitMs: LIMIT_MS, env: ENV });
  return stdout.includes("--action");
}

/** The action's id that it says before it ends; `undefined` when it says none. */
async function readAnswer(
  { stdout, ended }: Piped,
  { actions = [] }: Notification,
): Promise<string | undefined> {
  const said = await new Response(stdout).text().catch(() => "");
  await ended;
  return actions.find(({ id }) => said.split("\n").includes(id))?.id;
}

async function endsWithin({ ended }: Piped, limitMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => timer = setTimeout(() => resolve(false), limitMs));
  const isOver = await Promise.race([ended.then(() => true), late]);
  clearTimeout(timer);
  return isOver;
}

function missing(said: string): HindranceError {
  return new HindranceError(MISSING.reason, MISSING.remedy, { cause: new Error(said) });
}

function refused(said: string): HindranceError {
  return new HindranceError(`${PROGRAM} says: ${lastLine(said) ?? "nothing"}`, REMEDY);
}
