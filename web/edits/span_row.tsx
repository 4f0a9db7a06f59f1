import { useMemo } from "preact/hooks";
import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { formatDuration, hostOf } from "../format.ts";
import type { WireEvent } from "../wire.ts";
import { rangeWords, SOURCE_WORDS } from "./edit_words.ts";

interface SpanRowProps {
  readonly event: WireEvent;
  readonly isChosen: boolean;
  /** The Tab key stops here. */
  readonly isStop: boolean;
  /** Chosen alone, or with all between it and what was chosen before; the same function every time. */
  readonly onChoose: (event: WireEvent, isExtended: boolean) => void;
}

/** One record; its time is the button that chooses it, and a press anywhere in the row does the same. */
export function SpanRow({ event, isChosen, isStop, onChoose }: SpanRowProps) {
  const { app, title, url, device, source } = event;
  // Of a thousand rows one or two are drawn anew with each key.
  const drawn = [isChosen, isStop, app, title, url, device, source, event.start, event.end];
  return useMemo(() => draw({ event, isChosen, isStop, onChoose }), [...drawn, event.class]);
}

function draw({ event, isChosen, isStop, onChoose }: SpanRowProps) {
  const { app, title, url, device, source } = event;
  const detail = title ?? (url === null ? null : hostOf(url));
  const isNameless = !app?.trim() && !detail?.trim();
  return (
    <tr
      class={isChosen ? "is-chosen" : undefined}
      onClick={(press: MouseEvent) => onChoose(event, press.shiftKey)}
      onMouseDown={(press: MouseEvent) => press.shiftKey && press.preventDefault()}
    >
      <td class="span-time">
        <button type="button" class="plain" aria-pressed={isChosen} tabIndex={isStop ? 0 : -1}>
          {rangeWords(event.start, event.end)}
        </button>
        <span class="quiet">{formatDuration(event.duration_seconds)}</span>
      </td>
      <td class="span-what">
        {app !== null && <ForeignText class="span-app" text={app} />}
        {isNameless && (
          <span class="quiet">
            {source === "afk" ? "No keyboard or mouse" : "A window without a name"}
          </span>
        )}
        {detail !== null && <ForeignText class="span-title" text={detail} />}
        {(source === "phone" || source === "manual") && (
          <span class="quiet span-source">
            {SOURCE_WORDS[source]}
            {device !== null && (
              <>
                : <ForeignText text={device} />
              </>
            )}
          </span>
        )}
      </td>
      <td class="span-class">
        <ClassMark kind={event.class} />
      </td>
    </tr>
  );
}
