import { Empty } from "../components/empty.tsx";
import { isLoginOpen } from "../state.ts";

/** In place of a part that only whoever is signed in may see. */
export function SignInFirst() {
  return (
    <div class="page">
      <Empty heading="Sign in to see this">
        Starting and ending a block works without; schedules, your sites and what was blocked are
        yours.
      </Empty>
      <div class="actions">
        <button type="button" class="second" onClick={() => isLoginOpen.value = true}>
          Sign in
        </button>
      </div>
    </div>
  );
}
