/**
 * Notifications of the desktop, as the parts of the daemon ask for them.
 * @module
 */

export interface NotificationAction {
  readonly id: string;
  readonly label: string;
}

export interface Notification {
  readonly title: string;
  readonly body: string;
  /** Stays until it is answered, where the desktop does so. @default false */
  readonly isUrgent?: boolean;
  /** Buttons, where the desktop has them. */
  readonly actions?: readonly NotificationAction[];
}

/** A notification that is shown. */
export interface ShownNotification {
  /** By what: "D-Bus", "notify-send", "osascript", "PowerShell". */
  readonly by: string;
  /** The action that was chosen; `undefined`: it was closed, ran out, or nobody can tell. */
  readonly answer: Promise<string | undefined>;
  /** Takes it away. */
  close(): Promise<void>;
}

export interface DesktopNotifier {
  /** @throws {UnsupportedError} in one line with the remedy, where nothing can show it. */
  show(notification: Notification): Promise<ShownNotification>;
  close(): Promise<void>;
}
