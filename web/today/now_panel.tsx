import { connection, events, isDemo, liveState, recording } from "../state.ts";
import { AwayNow } from "./away_now.tsx";
import { FrontWindow } from "./front_window.tsx";
import { lastWindow } from "./last_window.ts";
import { LastWindow } from "./last_window.tsx";
import { WhyNothing } from "./why_nothing.tsx";

/**
 * The window in front: program, title, class, since when; or that nobody is there; or, where no window is known, why
 * not, and what was in front last.
 */
export function NowPanel() {
  const isLive = connection.value === "live";
  const state = liveState.value;
  const isKnown = Boolean(state?.afk || state?.now);
  // While windows are watched, none in front is what there is to say.
  const isWatched = recording.value === "on" && !isDemo.value;
  const last = isKnown || isWatched ? undefined : lastWindow(events.value);
  const heading = last ? "Last in front" : isLive ? "In front now" : "Last seen in front";
  return (
    <section class={isLive && !last ? "now" : "now is-stale"} aria-labelledby="now-heading">
      <h2 id="now-heading">{heading}</h2>
      {state?.afk
        ? <AwayNow since={state.afk_since} focus={state.now} />
        : state?.now
        ? <FrontWindow focus={state.now} />
        : (
          <>
            {last ? <LastWindow event={last} /> : <p class="now-app">Nothing</p>}
            <p class={last ? "now-why quiet" : "now-title is-sentence quiet"}>
              <WhyNothing />
            </p>
          </>
        )}
    </section>
  );
}
