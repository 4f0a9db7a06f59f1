/**
 * Notifications of macOS, by AppleScript.
 * @module
 */
import type { Notification, ShownNotification } from "../core/notification.ts";
import { runProgram } from "../os/exec.ts";
import { type DesktopCandidate, HindranceError, lastLine, shownBy } from "./desktop_candidate.ts";

/** The texts are arguments, so that nothing in them is taken for AppleScript. */
const SCRIPT = [
  "on run argv",
  "display notification (item 2 of argv) with title (item 1 of argv)",
  "end run",
];

/** The program that shows a notification, and its arguments. Buttons would need an application of our own. */
export function osascriptCommand({ title, body }: Notification): [string, ...string[]] {
  return ["osascript", ...SCRIPT.flatMap((line) => ["-e", line]), "--", title, body];
}

export class MacosNotifications implements DesktopCandidate {
  async show(notification: Notification): Promise<ShownNotification> {
    const { code, stderr } = await runProgram(osascriptCommand(notification));
    if (code === 0) return shownBy("osascript");
    const reason = `osascript says: ${lastLine(stderr) ?? "nothing"}`;
    throw new HindranceError(reason, "allow notifications of Script Editor in System Settings");
  }

  async close(): Promise<void> {}
}
