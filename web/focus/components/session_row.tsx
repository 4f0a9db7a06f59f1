import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { formatDuration } from "../../format.ts";
import type { WireFocusSession } from "../../wire.ts";
import { isWide } from "../wide.ts";
import { formatMoment, formatPercent, SOURCE_WORDS } from "../words.ts";
import { SessionDetail } from "./session_detail.tsx";

/** One past session; opened, minute by minute and on what. */
export function SessionRow({ api, session }: { api: Api; session: WireFocusSession }) {
  const isOpen = useSignal(false);
  const id = `session-${session.id}`;
  const began = formatMoment(session.start);
  return (
    <>
      <tr>
        <td>
          <button
            type="button"
            class="plain"
            aria-expanded={isOpen.value}
            aria-controls={isOpen.value ? id : undefined}
            onClick={() => isOpen.value = !isOpen.value}
          >
            <time dateTime={session.start}>{began}</time>
          </button>{" "}
          <span class="quiet">{notesOf(session)}</span>
        </td>
        <td class="number">{formatDuration(session.total_seconds)}</td>
        <td class="number">{formatPercent(session.focus_percent)}</td>
        {isWide.value && (
          <>
            <td class="number">{formatDuration(session.longest_streak_seconds)}</td>
            <td class="number">{session.breaks}</td>
          </>
        )}
      </tr>
      {isOpen.value && (
        <tr id={id} class="session-detail">
          <td colSpan={isWide.value ? 5 : 3}>
            <SessionDetail api={api} id={session.id} when={began} />
          </td>
        </tr>
      )}
    </>
  );
}

function notesOf({ how, source }: WireFocusSession): string {
  return [how === "lost" ? "broke off" : how === "running" ? "running" : "", SOURCE_WORDS[source]]
    .filter((word) => word !== "").join(", ");
}
