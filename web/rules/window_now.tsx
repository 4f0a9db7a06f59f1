import type { Subject } from "../../daemon/core/types.ts";
import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { whyWords } from "./verdict_words.ts";
import type { WireVerdict } from "./wire.ts";

interface WindowNowProps {
  readonly subject: Subject;
  readonly verdict: WireVerdict | undefined;
}

/** The window that a rule is made from, and how it counts now. */
export function WindowNow({ subject, verdict }: WindowNowProps) {
  const { app, title, url } = subject;
  return (
    <div class="window-now">
      <p>
        {title && <ForeignText text={title} class="window-title" />}
        {[app, url].filter((text) => text !== undefined).map((text) => (
          <ForeignText key={text} text={text} class="window-part" />
        ))}
      </p>
      {verdict && (
        <p class="window-verdict">
          <span class="quiet">Now</span> <ClassMark kind={verdict.class} />
          {verdict.category && (
            <span class="chip">
              <ForeignText text={verdict.category} />
            </span>
          )}
          <span class="quiet">{whyWords(verdict)}</span>
        </p>
      )}
    </div>
  );
}
