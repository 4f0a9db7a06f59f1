/**
 * Past sessions, read when the view opens and after each session.
 * @module
 */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ApiError } from "../api.ts";
import { token } from "../state.ts";
import type { WireFocusAnalytics, WireFocusSession } from "../wire.ts";
import { focus } from "./context.ts";
import { isSaved, isUnderWay } from "./state.ts";

export type History =
  | { readonly is: "reading" }
  /** The daemon wants a token for it. */
  | { readonly is: "locked" }
  | { readonly is: "unreachable" }
  | {
    readonly is: "read";
    readonly sessions: readonly WireFocusSession[];
    readonly analytics: WireFocusAnalytics;
  };

/** The history, while a component shows it. */
export function useHistory(): ReadonlySignal<History> {
  const history = useSignal<History>({ is: "reading" });
  const isOver = !isUnderWay.value && isSaved.value;
  useEffect(() => {
    if (!isOver) return;
    let isCurrent = true;
    read().then((read) => {
      if (isCurrent) history.value = read;
    });
    return () => {
      isCurrent = false;
    };
  }, [token.value, isOver]);
  return history;
}

async function read(): Promise<History> {
  // What would be refused would only stand red in the browser's console.
  if (token.value === undefined) return { is: "locked" };
  const { api } = focus();
  try {
    const [sessions, analytics] = await Promise.all([api.sessions(), api.analytics()]);
    return { is: "read", sessions, analytics };
  } catch (error) {
    const isLocked = error instanceof ApiError && error.status === 401;
    return { is: isLocked ? "locked" : "unreachable" };
  }
}
