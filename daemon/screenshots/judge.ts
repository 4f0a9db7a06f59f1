/**
 * Whether the windows that can be seen may be in a picture.
 * @module
 */
import { browserOf } from "../core/private_window.ts";
import type { ScreenshotRefusal } from "../core/screenshot.ts";
import type { FocusedWindow } from "../core/types.ts";
import { PRIVATE_WINDOWS, type PrivateWindows } from "../watchers/x11_private.ts";
import type { Shown, ShownWindow } from "../watchers/x11_shown.ts";

export type Seen = Pick<Shown, "windows" | "open">;

export interface JudgeOptions {
  /** Whether a window may be in no picture. */
  readonly isPrivate: (window: FocusedWindow) => boolean;
  /** @default what the tracker has seen of them */
  readonly browsers?: PrivateWindows;
}

/** Why there may be no picture of these windows; `undefined`: there may. */
export async function judge(
  { windows, open }: Seen,
  { isPrivate, browsers = PRIVATE_WINDOWS }: JudgeOptions,
): Promise<ScreenshotRefusal | undefined> {
  if (windows.some(isPrivate)) return "private";
  const isThere = (window: number) => Promise.resolve(open.includes(window));
  let isUnknown = false;
  for (const window of windows) {
    switch (browserOf(window.app)) {
      case "chromium":
        if (await browsers.has(window, isThere)) return "private";
        isUnknown ||= !browsers.isOrdinary(window);
        break;
      case "other":
        isUnknown ||= !marksPrivateWindows(window);
        break;
    }
  }
  return isUnknown ? "browser" : undefined;
}

/** Of the other browsers only this one is known to mark its private windows, all of them. */
function marksPrivateWindows({ app }: ShownWindow): boolean {
  return app !== undefined && /^qutebrowser$/i.test(app);
}
