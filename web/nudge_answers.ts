/**
 * The person's answers to a nudge, on their way to the loop.
 * @module
 */
import { type Api, ApiError } from "./api.ts";
import { isLoginOpen, loopNow } from "./state.ts";
import type { WireLoopNow } from "./wire.ts";

export type NudgeAnswer =
  | { readonly answer: "snooze"; readonly minutes: number }
  | { readonly answer: "block" }
  | { readonly answer: "dismiss" };

/** Answers a nudge; returns why that could not be, in words, or `undefined` when it is done. */
export function answerNudge(
  api: Api,
  id: number,
  answer: NudgeAnswer,
): Promise<string | undefined> {
  return tell(() => api.send<WireLoopNow>("POST", `/loop/steps/${id}/answer`, answer));
}

/** Lets the loop nudge again before the time that was asked for is over. */
export function endSnooze(api: Api): Promise<string | undefined> {
  return tell(() => api.send<WireLoopNow>("POST", "/loop/snooze", { minutes: 0 }));
}

async function tell(ask: () => Promise<WireLoopNow>): Promise<string | undefined> {
  const before = loopNow.peek();
  try {
    const now = await ask();
    // What the stream has told meanwhile is as new, or newer.
    if (loopNow.peek() === before) loopNow.value = now;
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) return "The daemon does not answer. Is it running?";
    if (error.status !== 401) return error.message;
    isLoginOpen.value = true;
    return "Sign in first, then try again.";
  }
}
