import { useSignal } from "@preact/signals";
import { formatDuration } from "../../format.ts";
import { ForeignText } from "../../components/foreign_text.tsx";
import { countOf } from "../erase/words.ts";
import type { WirePrivacyPreview, WireSubject } from "../privacy_wire.ts";

interface PrivacyPreviewProps {
  /** `undefined`: not known yet, or nothing to ask about. */
  readonly preview: WirePrivacyPreview | undefined;
  readonly isReading: boolean;
  /** Who would change it: "this rule", "your rules". */
  readonly subject: string;
  /** How many lines there are at first. */
  readonly shown: number;
}

/** What rules would change of what was recorded: how much, and the windows with the most time, before and after. */
export function PrivacyPreview({ preview, isReading, subject, shown }: PrivacyPreviewProps) {
  const isWhole = useSignal(false);
  if (preview === undefined) {
    return isReading ? <p class="quiet slow-to-appear">Looking at what was recorded…</p> : null;
  }
  const { events, seconds, subjects, top } = preview;
  const rows = isWhole.value ? top : top.slice(0, shown);
  return (
    <div class="privacy-preview" aria-busy={isReading || undefined}>
      <p role="status">
        {events === 0 ? `Of what was recorded, ${subject} would change nothing.` : (
          <>
            Of what was recorded, {subject} would change <strong>{countOf(events, "event")}</strong>
            {" "}
            ({formatDuration(seconds)}), {countOf(subjects, "window")}.
          </>
        )}
      </p>
      {rows.length > 0 && (
        <ul class="preview-list" aria-label="Windows with the most time">
          {rows.map(({ before, after, ...row }, index) => (
            <li key={index}>
              <span class="preview-time">{formatDuration(row.seconds)}</span>
              <span class="preview-before">
                <Subject of={before} />
              </span>
              <span class="preview-after">
                <span class="only-heard">would be</span>
                <span class="quiet" aria-hidden="true">→</span>{" "}
                {after === null ? <strong>nothing</strong> : <Subject of={after} />}
              </span>
            </li>
          ))}
        </ul>
      )}
      {top.length > shown && (
        <button
          type="button"
          class="plain"
          aria-expanded={isWhole.value}
          onClick={() => isWhole.value = !isWhole.value}
        >
          {isWhole.value
            ? "Show fewer"
            : `Show ${subjects > top.length ? "" : "all "}${top.length}`}
        </button>
      )}
      {isWhole.value && subjects > top.length && (
        <p class="quiet">and {countOf(subjects - top.length, "more window")}</p>
      )}
    </div>
  );
}

function Subject({ of: { app, title, url } }: { of: WireSubject }) {
  return (
    <>
      {app !== null && <ForeignText class="preview-app" text={app} />}
      {title !== null
        ? <ForeignText class="preview-title" text={title} />
        : <span class="quiet">without title</span>}
      {url !== null && <ForeignText class="preview-title quiet" text={url} />}
    </>
  );
}
