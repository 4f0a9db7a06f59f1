/**
 * Notifications of Windows: toasts, by the PowerShell that comes with it.
 * @module
 */
import type { Notification, ShownNotification } from "../core/notification.ts";
import { runProgram } from "../os/exec.ts";
import { type DesktopCandidate, HindranceError, lastLine, shownBy } from "./desktop_candidate.ts";

/** PowerShell's own name among the applications: a toast of one that is not installed is not shown. */
const APP_ID = "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe";

/** A cold PowerShell takes its time. */
const LIMIT_MS = 15_000;

/**
 * What PowerShell runs. The texts are in it as Base64 only, and become text nodes: nothing in them is taken for
 * PowerShell or XML.
 */
export function toastScript({ title, body, isUrgent }: Notification): string {
  return [
    "$ErrorActionPreference = 'Stop'",
    "$ProgressPreference = 'SilentlyContinue'",
    "function Text($base64) {",
    "  [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($base64))",
    "}",
    "[void][Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]",
    "[void][Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom, ContentType = WindowsRuntime]",
    "$toast = New-Object System.Xml.XmlDocument",
    `$toast.LoadXml('<toast duration="${isUrgent ? "long" : "short"}"><visual>` +
    '<binding template="ToastGeneric"><text/><text/></binding></visual></toast>\')',
    "$texts = $toast.GetElementsByTagName('text')",
    `$texts.Item(0).InnerText = Text '${base64(title)}'`,
    `$texts.Item(1).InnerText = Text '${base64(body)}'`,
    "$xml = New-Object Windows.Data.Xml.Dom.XmlDocument",
    "$xml.LoadXml($toast.OuterXml)",
    `$notifier = [Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('${APP_ID}')`,
    "$notifier.Show((New-Object Windows.UI.Notifications.ToastNotification $xml))",
  ].join("\n");
}

/** The program that shows a notification, and its arguments. */
export function toastCommand(notification: Notification): [string, ...string[]] {
  const options = ["-NoLogo", "-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden"];
  const encoded = encodedCommand(toastScript(notification));
  return ["powershell.exe", ...options, "-EncodedCommand", encoded];
}

/** Little-endian UTF-16 as Base64, as `-EncodedCommand` wants it. */
function encodedCommand(script: string): string {
  const bytes = new Uint8Array(2 * script.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < script.length; i++) view.setUint16(2 * i, script.charCodeAt(i), true);
  return bytes.toBase64();
}

function base64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}

export class WindowsNotifications implements DesktopCandidate {
  async show(notification: Notification): Promise<ShownNotification> {
    const { code, stderr } = await runProgram(toastCommand(notification), { limitMs: LIMIT_MS });
    if (code === 0) return shownBy("PowerShell");
    const reason = `PowerShell says: ${lastLine(stderr) ?? "nothing"}`;
    throw new HindranceError(reason, "allow notifications in the settings of Windows");
  }

  async close(): Promise<void> {}
}
