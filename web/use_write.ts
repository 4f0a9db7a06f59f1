/**
 * What a component writes to the daemon: one write at a time, said when it was saved, and when it was not.
 * @module
 */
import { useSignal } from "@preact/signals";
import { say, type SayingAction } from "./saying.ts";

export interface Write {
  readonly isBusy: boolean;
  /** Why the last one failed. */
  readonly problem: Error | undefined;
  /**
   * Does `work` unless another is being done, and says `said` once it is. Returns what it gave; `undefined` when it
   * failed, which `problem` then tells, or when it was not begun.
   */
  run<T>(work: () => Promise<T>, said?: Said<T>): Promise<T | undefined>;
  /** Forgets the problem. */
  clear(): void;
}

/** A sentence, one made from what was answered, or one with a way back. */
type Said<T> =
  | string
  | ((done: T) => string | { readonly text: string; readonly action: SayingAction });

export function useWrite(): Write {
  const isBusy = useSignal(false);
  const problem = useSignal<Error | undefined>(undefined);
  return {
    isBusy: isBusy.value,
    problem: problem.value,
    clear: () => problem.value = undefined,
    async run(work, said) {
      if (isBusy.peek()) return undefined;
      isBusy.value = true;
      problem.value = undefined;
      try {
        const done = await work();
        const words = typeof said === "function" ? said(done) : said;
        if (typeof words === "string") say(words);
        else if (words !== undefined) say(words.text, words.action);
        return done;
      } catch (error) {
        problem.value = error as Error;
        return undefined;
      } finally {
        isBusy.value = false;
      }
    },
  };
}
