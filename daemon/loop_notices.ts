/**
 * The loop's steps on the desktop, one at a time.
 * @module
 */
import type { LoopAnswer } from "./api/loop.ts";
import type { DesktopNotifier, Notification, ShownNotification } from "./core/notification.ts";

export interface NoticeOptions {
  /** What "more minutes" means; `undefined`: there is nothing to answer. */
  readonly moreMinutes: number | undefined;
  /** Somebody chose an answer. @throws when it cannot be done. */
  readonly answer: (answer: LoopAnswer) => Promise<unknown>;
  readonly onHindrance: () => void;
}

export interface LoopNotices {
  /** Why nothing is shown on the desktop. */
  readonly hindrance: string | undefined;
  /** Shows a step in place of the one before. */
  show(id: number, notification: Notification, options: NoticeOptions): void;
  /** Takes away what is shown. */
  clear(): void;
  close(): Promise<void>;
}

/** Where there is no desktop to speak of. */
export const NO_NOTICES: LoopNotices = {
  hindrance: undefined,
  show() {},
  clear() {},
  close: () => Promise.resolve(),
};

interface Current {
  readonly id: number;
  shown?: ShownNotification;
}

export class DesktopNotices implements LoopNotices {
  #notifier: Promise<DesktopNotifier> | undefined;
  #hindrance: string | undefined;
  #current: Current | undefined;

  /** @param open Called when something is to be shown for the first time. */
  constructor(private readonly open: () => Promise<DesktopNotifier>) {}

  get hindrance(): string | undefined {
    return this.#hindrance;
  }

  show(id: number, notification: Notification, options: NoticeOptions): void {
    this.clear();
    const current: Current = { id };
    this.#current = current;
    void this.#show(current, notification, options);
  }

  clear(): void {
    const shown = this.#current?.shown;
    this.#current = undefined;
    shown?.close().catch(() => {});
  }

  async close(): Promise<void> {
    this.clear();
    await (await this.#notifier?.catch(() => undefined))?.close();
  }

  async #show(
    current: Current,
    notification: Notification,
    { moreMinutes, answer, onHindrance }: NoticeOptions,
  ): Promise<void> {
    const actions = moreMinutes === undefined ? [] : [
      { id: "snooze", label: `${moreMinutes} more minute${moreMinutes === 1 ? "" : "s"}` },
      { id: "block", label: "Block now" },
    ];
    try {
      const notifier = await (this.#notifier ??= this.open());
      const shown = await notifier.show({ ...notification, actions });
      this.#hindrance = undefined;
      onHindrance();
      if (this.#current !== current) return void await shown.close();
      current.shown = shown;
      const chosen = await shown.answer;
      if (chosen !== "snooze" && chosen !== "block") return;
      await answer(chosen).catch((error) =>
        // They clicked and wait for what comes of it.
        notifier.show({ title: "That did not work", body: (error as Error).message })
      );
    } catch (error) {
      this.#hindrance = (error as Error).message;
      onHindrance();
    }
  }
}
