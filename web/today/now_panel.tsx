import { formatClock, formatElapsed } from "../format.ts";
import { connection, isDemo, liveState, nowMs, pause, recording } from "../state.ts";
import type { WireFocus } from "../wire.ts";
import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";

/** The window in front: program, title, class, since when; or that nobody is there. */
export function NowPanel() {
  const isLive = connection.value === "live";
  const state = liveState.value;
  const nothing = NOTHING[isDemo.value ? "demo" : recording.value];
  return (
    <section class={isLive ? "now" : "now is-stale"} aria-labelledby="now-heading">
      <h2 id="now-heading">{isLive ? "In front now" : "Last seen in front"}</h2>
      {state?.afk
        ? <Away since={state.afk_since} focus={state.now} />
        : state?.now
        ? <Focus focus={state.now} />
        : (
          <>
            <p class="now-app">{nothing.app}</p>
            <p class="now-title quiet">
              {nothing.title}
              {recording.value === "paused" && <Until iso={pause.value?.paused_until ?? null} />}
            </p>
          </>
        )}
    </section>
  );
}

/** What is said where no window is known. */
const NOTHING = {
  on: { app: "Nothing", title: "No window has the focus." },
  unknown: { app: "Nothing", title: "No window is known yet." },
  paused: { app: "Paused", title: "Nothing is recorded, " },
  off: { app: "Not recording", title: "The window tracker is not running." },
  demo: { app: "Nothing", title: "In the demo no window is watched." },
} as const;

function Until({ iso }: { iso: string | null }) {
  if (iso === null) return <>until you end the pause.</>;
  return (
    <>
      until <time dateTime={iso}>{formatClock(iso)}</time>.
    </>
  );
}

function Focus({ focus }: { focus: WireFocus }) {
  const name = focus.app ?? focus.title ?? "Unknown program";
  return (
    <>
      <p class="now-app">
        <ForeignText text={name} />
      </p>
      <p class="now-title">
        {focus.app !== null && focus.title !== null && <ForeignText text={focus.title} />}
      </p>
      <p class="now-facts">
        <ClassMark kind={focus.class} />
        {focus.category !== null && <ForeignText class="quiet" text={focus.category} />}
        <Since iso={focus.since} />
      </p>
    </>
  );
}

function Away({ since, focus }: { since: string | null; focus: WireFocus | null }) {
  return (
    <>
      <p class="now-app">Away</p>
      <p class="now-title">
        {focus !== null && (
          <>
            <span class="quiet">left at</span>{" "}
            <ForeignText text={focus.app ?? focus.title ?? "an unknown program"} />
          </>
        )}
      </p>
      <p class="now-facts">{since !== null && <Since iso={since} />}</p>
    </>
  );
}

function Since({ iso }: { iso: string }) {
  return (
    <span class="quiet">
      since <time dateTime={iso}>{formatClock(iso)}</time>
      {connection.value === "live" && ` · ${formatElapsed(Date.parse(iso), nowMs.value)}`}
    </span>
  );
}
