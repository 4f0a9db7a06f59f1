/**
 * Calls the person back: by sound, and by a notification of the desktop.
 * @module
 */
import type { Attention } from "../../vision/attention.ts";
import { type AlertMemory, heed, NO_ALERT } from "./alerts.ts";
import { Sound, type SoundName } from "./sound.ts";
import { change, settings } from "./state.ts";

export class Caller {
  readonly #sound = new Sound();
  #memory: AlertMemory = NO_ALERT;
  #notification: Notification | undefined;

  /** Makes later sounds possible; called within a click. */
  ready(): void {
    this.#sound.ready();
  }

  /** Does what `attention` asks for. */
  heed(attention: Attention): void {
    const { memory, action } = heed(this.#memory, attention, attention.atMs);
    this.#memory = memory;
    if (action.sound) this.play(action.sound);
    if (action.notification === "close") this.#notification?.close();
    if (action.notification === "show") this.#notify(attention);
  }

  /** Takes everything back: the session rests, or is over. */
  quiet(): void {
    this.#memory = NO_ALERT;
    this.#notification?.close();
  }

  play(name: SoundName): void {
    const { volume, isMuted } = settings.value;
    if (!isMuted) this.#sound.play(name, volume);
  }

  /** Plays the sound that would call, even while it is muted. */
  test(): void {
    this.ready();
    this.#sound.play("nudge", settings.value.volume);
  }

  /** Asks for the permission to notify; within a click, or browsers do not ask. */
  async wishNotifications(isWished: boolean): Promise<void> {
    const isAllowed = isWished && "Notification" in globalThis &&
      await Notification.requestPermission() === "granted";
    change({ isNotifying: isAllowed });
  }

  #notify({ reason }: Attention): void {
    const canNotify = settings.value.isNotifying && "Notification" in globalThis &&
      Notification.permission === "granted";
    if (!canNotify) return;
    const title = reason === "eyes closed" ? "Your eyes are closed" : "Back to the screen?";
    this.#notification?.close();
    this.#notification = new Notification(title, {
      body: "Your focus session goes on.",
      tag: "prodtracker.focus",
      silent: true,
    });
    this.#notification.onclick = () => globalThis.focus();
  }
}

/** Whether the browser was told never to notify for this page. */
export function areNotificationsDenied(): boolean {
  return !("Notification" in globalThis) || Notification.permission === "denied";
}
