/**
 * Changes to the schedules. They are stored as one list, so each change is made to the list as it is now: another tab,
 * or the terminal, may have changed it since it was shown.
 * @module
 */
import type { Api } from "../api.ts";
import { isSameSchedule } from "./schedule_words.ts";
import type { WireSchedule } from "./wire.ts";

type Change = (schedules: readonly WireSchedule[]) => readonly WireSchedule[];

export const added = (schedule: WireSchedule): Change => (all) => [...all, schedule];

/** @throws {RangeError} when it is no longer there as it was. */
export const changed = (known: WireSchedule, next: WireSchedule): Change => (all) =>
  all.toSpliced(placeOf(known, all), 1, next);

/** @throws {RangeError} when it is no longer there as it was. */
export const removed = (known: WireSchedule): Change => (all) =>
  all.toSpliced(placeOf(known, all), 1);

/** Makes a change and stores it. @throws {ApiError} what the daemon refuses. */
export async function changeSchedules(api: Api, change: Change): Promise<void> {
  const all = await api.get<WireSchedule[]>("/blocker/schedules");
  await api.send("PUT", "/blocker/schedules", change(all));
}

function placeOf(known: WireSchedule, all: readonly WireSchedule[]): number {
  const at = all.findIndex((each) => isSameSchedule(each, known));
  if (at < 0) throw new RangeError("It was changed elsewhere meanwhile; look at it again");
  return at;
}
