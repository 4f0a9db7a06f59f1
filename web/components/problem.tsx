import { ApiError } from "../api.ts";
import { withoutControls } from "../format.ts";
import { isLoginOpen } from "../state.ts";

interface ProblemProps {
  readonly of: Error | undefined;
  /** What was tried: "read the rules". */
  readonly doing: string;
  /** Tries it once more. */
  readonly again?: () => void;
}

/** What went wrong and what to do about it; nothing, but ready to be heard, when nothing did. */
export function Problem({ of: error, doing, again }: ProblemProps) {
  const isLocked = error instanceof ApiError && error.status === 401;
  return (
    <div class="problem" role="alert">
      {error !== undefined && (
        <>
          <p>
            <strong>Could not {doing}.</strong>{" "}
            {isLocked ? "This needs you to sign in." : why(error)}
          </p>
          {isLocked && (
            <button
              type="button"
              class="second"
              onClick={() => isLoginOpen.value = true}
            >
              Sign in
            </button>
          )}
          {!isLocked && again && (
            <button type="button" class="second" onClick={again}>Try again</button>
          )}
        </>
      )}
    </div>
  );
}

function why(error: Error): string {
  // What `fetch` itself throws names no cause that a person could use.
  if (error instanceof TypeError) return "ProdTracker does not answer.";
  const text = withoutControls(error.message);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
