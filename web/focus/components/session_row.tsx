import { useSignal } from "@preact/signals";
import { formatDuration } from "../../format.ts";
import type { WireFocusDetail, WireFocusSession } from "../../wire.ts";
import { focus } from "../context.ts";
import { formatMoment, formatPercent, SOURCE_WORDS } from "../words.ts";
import { FocusedItems } from "./focused_items.tsx";
import { MinuteStrip } from "./minute_strip.tsx";

/** One past session; opened, minute by minute and on what. */
export function SessionRow({ session }: { session: WireFocusSession }) {
  const detail = useSignal<WireFocusDetail | undefined>(undefined);
  const isOpen = useSignal(false);
  const toggle = () => {
    isOpen.value = !isOpen.value;
    if (!isOpen.value) return;
    focus().api.session(session.id).then((read) => detail.value = read, () => isOpen.value = false);
  };
  const id = `session-${session.id}`;
  const shown = isOpen.value ? detail.value : undefined;
  return (
    <>
      <tr>
        <td>
          <button
            type="button"
            class="plain"
            aria-expanded={isOpen.value}
            aria-controls={id}
            onClick={toggle}
          >
            <time dateTime={session.start}>{formatMoment(session.start)}</time>
          </button>{" "}
          <span class="quiet">{notesOf(session)}</span>
        </td>
        <td>{formatDuration(session.total_seconds)}</td>
        <td>{formatPercent(session.focus_percent)}</td>
        <td class="wide-only">{formatDuration(session.longest_streak_seconds)}</td>
        <td class="wide-only">{session.breaks}</td>
      </tr>
      {shown && (
        <tr id={id} class="session-detail">
          <td colSpan={5}>
            <MinuteStrip minutes={minutesOf(shown)} />
            {shown.focused_on.length > 0 && <FocusedItems items={shown.focused_on} />}
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

function minutesOf({ minutes }: WireFocusDetail) {
  return minutes.map((minute) => ({
    startMs: Date.parse(minute.start),
    focusedMs: minute.focused_seconds * 1_000,
    unfocusedMs: minute.unfocused_seconds * 1_000,
    noFaceMs: minute.no_face_seconds * 1_000,
    uncertainMs: minute.uncertain_seconds * 1_000,
  }));
}
