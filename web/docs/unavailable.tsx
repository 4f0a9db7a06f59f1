/** Why there is no description to show. */
export function Unavailable({ isLocked }: { isLocked: boolean }) {
  return (
    <main id="main" class="unavailable">
      <h1>{isLocked ? "Sign in first" : "The daemon is not running"}</h1>
      <p>
        {isLocked
          ? "This daemon describes its API only to those who hold its token."
          : "Start it with prodtracker serve, then load this page again."}
      </p>
      <p>
        <a href="/">Open the dashboard</a>
      </p>
    </main>
  );
}
