/**
 * What the page has to say of what somebody has just done: that it was saved, with a way back where there is one.
 * @module
 */
import { signal } from "@preact/signals";

export interface Saying {
  readonly text: string;
  readonly action?: SayingAction;
}

/** "Undo". */
export interface SayingAction {
  readonly label: string;
  readonly run: () => void;
}

export const saying = signal<Saying | undefined>(undefined);

/** Says it, in place of what was said before. */
export function say(text: string, action?: SayingAction): void {
  saying.value = { text, action };
}
