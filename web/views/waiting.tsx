import { connection } from "../state.ts";

/** Before the first answer: quiet while it is quick, plain words when nobody answers. */
export function Waiting() {
  if (connection.value !== "offline") {
    return (
      <section class="waiting" aria-busy="true">
        <p class="quiet slow-to-appear">Reading your day…</p>
      </section>
    );
  }
  return (
    <section class="first-run" aria-labelledby="offline-heading">
      <h1 id="offline-heading">The daemon is not running</h1>
      <p class="lead">
        Start it in a terminal; this page connects by itself as soon as it answers.
      </p>
      <p>
        <code class="command">prodtracker serve</code>
      </p>
    </section>
  );
}
