/**
 * Judging all of the past again, in turns so short that nobody notices.
 * @module
 */
import type { CommitQueue } from "./commit_queue.ts";
import { Pace, rest } from "./pace.ts";
import type { Reclassify } from "./reclassify.ts";
import type { Judge, Subjects } from "./subjects.ts";
import type { HeadingRollups } from "./trends_rollups.ts";

/** Result of judging the past again so far. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** How many subjects and how many days a turn does at least: the commit costs some milliseconds by itself. */
const MIN_SUBJECTS = 25, MIN_DAYS = 1;

export class Rejudging {
  constructor(
    private readonly queue: CommitQueue,
    private readonly reclassify: Reclassify,
    private readonly stored: { readonly subjects: Subjects; readonly headings: HeadingRollups },
  ) {}

  /** How many subjects other rules than `judge`'s have judged. */
  pending(judge: Judge): number {
    return this.reclassify.pending(judge.version);
  }

  /** Whether nothing is left to do: every subject is judged by `judge`, and every sum follows. */
  isDone(judge: Judge): boolean {
    return this.pending(judge) === 0 && this.stored.headings.areTrue;
  }

  /** Judges what `judge` has not, then counts the sums anew that this has overtaken; ends early once `mayGoOn` is false. */
  async *run(judge: Judge, mayGoOn: () => boolean): AsyncGenerator<Progress> {
    const total = this.pending(judge);
    const pace = new Pace(MIN_SUBJECTS);
    let done = 0;
    while (mayGoOn()) {
      const { value: count, ms } = await this.#turn(() => {
        // Within the commit: what is recorded next in it must not count by the class that was.
        this.stored.subjects.forget();
        return this.reclassify.step(judge, pace.size);
      });
      if (count === 0) break;
      done += count;
      yield { done, total: Math.max(total, done) };
      pace.took(ms);
      await rest(ms);
    }
    await this.#recount(mayGoOn);
  }

  async #recount(mayGoOn: () => boolean): Promise<void> {
    const { headings } = this.stored;
    const pace = new Pace(MIN_DAYS);
    while (mayGoOn()) {
      const { value: isMore, ms } = await this.#turn(() => {
        let isMore = true;
        for (let day = 0; isMore && day < pace.size; day++) isMore = headings.rebuild();
        headings.flush();
        return isMore;
      });
      if (!isMore) return;
      pace.took(ms);
      await rest(ms);
    }
  }

  /** Does a piece of work in a transaction, and says how long others had to wait for it, in milliseconds. */
  async #turn<T>(work: () => T): Promise<{ readonly value: T; readonly ms: number }> {
    let beganMs = 0;
    const value = await this.queue.run(() => {
      beganMs = performance.now();
      return work();
    });
    return { value, ms: performance.now() - beganMs };
  }
}
