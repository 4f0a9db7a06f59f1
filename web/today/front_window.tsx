import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import type { WireFocus } from "../wire.ts";
import { Since } from "./since.tsx";
import { WindowName } from "./window_name.tsx";

/** The window that has the focus, how it counts, and since when. */
export function FrontWindow({ focus }: { focus: WireFocus }) {
  return (
    <>
      <WindowName app={focus.app} title={focus.title} />
      <p class="now-facts">
        <ClassMark kind={focus.class} />
        {focus.category !== null && <ForeignText class="quiet" text={focus.category} />}
        <Since iso={focus.since} />
      </p>
    </>
  );
}
