import { ViewLink } from "../components/view_link.tsx";

/** What a new person may do first, in the order in which it helps. */
export function NextSteps() {
  return (
    <section aria-labelledby="next-steps">
      <h2 id="next-steps">What to do next</h2>
      <ol class="next-steps">
        <li>
          <strong>Work as you always do.</strong> A few minutes are enough to see your first hours.
        </li>
        <li>
          <ViewLink to="rules">Say what counts as what.</ViewLink>{" "}
          Most programs and sites are known already; the rest is two clicks each.
        </li>
        <li>
          <ViewLink to="trends">Set a goal for your days,</ViewLink>{" "}
          such as at least four hours of signal.
        </li>
        <li>
          <ViewLink to="phone">Pair your phone</ViewLink> if it distracts you more than your desk.
        </li>
        <li>
          <strong>Look around first:</strong> <code>prodtracker serve --demo --open</code>{" "}
          shows two made-up weeks, apart from your own data.
        </li>
      </ol>
    </section>
  );
}
