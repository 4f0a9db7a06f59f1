/**
 * What the rest of the page, and other pages, have to do with this page's session.
 * @module
 */
import { effect, untracked } from "@preact/signals";
import { connection, focusUpdate, messageChange, ownFocus, token } from "../state.ts";
import type { WireFocusSession } from "../wire.ts";
import { FOCUS_WORDS } from "../words.ts";
import type { FocusApi } from "./focus_api.ts";
import type { FocusSession } from "./session.ts";
import { channels, isUnderWay, ownSession, phase, state, totals } from "./state.ts";
import { formatTimer } from "./words.ts";

/** For the title of a tab: small signs that differ in shape. */
const SIGNS = { focused: "●", unfocused: "✕", no_face: "◌", uncertain: "?", paused: "❚❚" } as const;

/** Keeps the header, the tab's title and the session in step, and knows by which ways the daemon can send. */
export function connectOutside(session: FocusSession, api: FocusApi): void {
  effect(() => {
    const own = ownSession.value;
    if (!isUnderWay.value || own === undefined) return void (ownFocus.value = undefined);
    const now = phase.value === "paused" ? "paused" : state.value;
    const { totalMs } = totals.value;
    const shownMs = own.plannedMinutes === null ? totalMs : own.plannedMinutes * 60_000 - totalMs;
    const title = `${SIGNS[now]} ${FOCUS_WORDS[now]} ${formatTimer(shownMs)}`;
    ownFocus.value = { id: own.id, state: now, title };
  });
  effect(() => {
    const heard = focusUpdate.value?.session;
    untracked(() => {
      if (heard && isUnderWay.value && isOvertaken(heard, ownSession.value?.id)) {
        session.end("elsewhere");
      }
    });
  });
  effect(() => {
    const change = messageChange.value;
    if (change) untracked(() => void session.heed(change));
  });
  // A daemon that is started anew may have other settings, and one that wants a token says nothing without.
  effect(() => {
    void token.value;
    if (connection.value !== "live") return;
    api.channels().then((known) => channels.value = known, () => channels.value = "unknown");
  });
}

/** Whether the daemon says that the session `own` is over: a later one runs, or somebody has ended it. */
function isOvertaken({ id, how }: WireFocusSession, own: number | undefined): boolean {
  if (own === undefined) return false;
  return how === "running" ? id > own : how === "ended" && id === own;
}

/** The session that runs somewhere else, as far as is known; `undefined` when none does. */
export function sessionElsewhere(): WireFocusSession | undefined {
  const session = focusUpdate.value?.session;
  return session?.how === "running" && session.id !== ownSession.value?.id ? session : undefined;
}
