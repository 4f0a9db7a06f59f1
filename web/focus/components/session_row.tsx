import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { formatDuration } from "../../format.ts";
import type { WireFocusDetail, WireFocusSession } from "../../wire.ts";
import { focus } from "../context.ts";
import { isWide } from "../wide.ts";
import { formatMoment, formatPercent, SOURCE_WORDS } from "../words.ts";
import { FocusedOnTable } from "./focused_on_table.tsx";
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
  const began = formatMoment(session.start);
  const shown = isOpen.value ? detail.value : undefined;
  const minutes = useMemo(() => detail.value ? minutesOf(detail.value) : [], [detail.value]);
  return (
    <>
      <tr>
        <td>
          <button
            type="button"
            class="plain"
            aria-expanded={isOpen.value}
            aria-controls={isOpen.value ? id : undefined}
            onClick={toggle}
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
      {shown && (
        <tr id={id} class="session-detail">
          <td colSpan={isWide.value ? 5 : 3}>
            <MinuteStrip minutes={minutes} when={began} />
            <FocusedOnTable on={shown} when={began} />
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
