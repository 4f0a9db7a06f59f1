/**
 * Notifications of the desktop.
 * @module
 */
import { UnsupportedError } from "../core/errors.ts";
import { runProgram } from "../os/exec.ts";

export interface Notification {
  readonly title: string;
  readonly body: string;
}

const APP = "ProdTracker";

/** macOS: the texts are arguments, so that nothing in them is taken for AppleScript. */
const APPLE_SCRIPT = [
  "on run argv",
  "display notification (item 2 of argv) with title (item 1 of argv)",
  "end run",
];

/** The program that shows a notification and its arguments; `undefined` where none is known. */
export function notifyCommand(
  os: string,
  { title, body }: Notification,
): [string, ...string[]] | undefined {
  if (os === "darwin") {
    return ["osascript", ...APPLE_SCRIPT.flatMap((line) => ["-e", line]), "--", title, body];
  }
  if (os === "windows") return undefined;
  return ["notify-send", `--app-name=${APP}`, "--expire-time=10000", "--", title, escaped(body)];
}

/**
 * Shows a notification.
 * @throws {UnsupportedError} in one line with the remedy, where that cannot be done.
 */
export async function notifyDesktop(notification: Notification): Promise<void> {
  const command = notifyCommand(Deno.build.os, notification);
  if (!command) throw new UnsupportedError("Cannot show notifications on this system yet");
  const { code, stderr } = await runProgram(command);
  if (code === 0) return;
  const action = `Cannot show notifications with ${command[0]}`;
  if (code !== 127) throw new UnsupportedError(`${action}: ${stderr.trim().split("\n").at(-1)}`);
  const remedy = "install it (Debian, Ubuntu: sudo apt install libnotify-bin)";
  throw new UnsupportedError(`${action}: it is not there; ${remedy}`);
}

/** Many servers take the body for markup. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
