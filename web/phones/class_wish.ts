import type { ActivityClass } from "../../daemon/core/types.ts";

/** How an app is to count from now on. */
export interface ClassWish {
  readonly app: string;
  /** `null`: as the other rules have it. */
  readonly class: ActivityClass | null;
  /** What is said once it is saved. */
  readonly said: string;
}
