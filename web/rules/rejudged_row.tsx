import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { formatDuration } from "../format.ts";
import type { WireRulesPreview } from "./wire.ts";

/** A window that would be judged otherwise: from what to what. */
export function RejudgedRow({ row }: { row: WireRulesPreview["top"][number] }) {
  const { app, title, url, before, after, seconds } = row;
  const name = title ?? url ?? app ?? "";
  const isOtherClass = before.class !== after.class;
  return (
    <li class="rejudged-row">
      <span class="rejudged-what">
        {name ? <ForeignText text={name} class="cut" /> : <span class="quiet">Without a name</span>}
        {title !== null && app !== null && <ForeignText text={app} class="quiet" />}
      </span>
      <span class="rejudged-how">
        <ClassMark kind={before.class} />
        {!isOtherClass && before.category && <ForeignText text={before.category} class="quiet" />}
        <span aria-hidden="true">→</span>
        <span class="only-heard">becomes</span>
        {isOtherClass && <ClassMark kind={after.class} />}
        {!isOtherClass && <ForeignText text={after.category ?? "no category"} class="quiet" />}
      </span>
      <span class="rejudged-time">{formatDuration(seconds)}</span>
    </li>
  );
}
