/**
 * Signing in and out: a pasted token, or the one-time code of a link; the token stays in this origin's
 * storage (a cookie would be shown to every other port of this machine).
 * @module
 */
import { type Api, ApiError } from "./api.ts";
import { isLoginOpen, loginMessage, token } from "./state.ts";
import { storedToken, storeToken, TOKEN_KEY } from "./token_storage.ts";

/** The code of a `#code=…` fragment; `undefined` when it holds none. */
export function codeOf(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("code") || undefined;
}

/** Takes up the stored token or the link's code, and follows what other tabs do. */
export async function restoreSession(api: Api): Promise<void> {
  addEventListener("storage", (event) => {
    if (event.key === TOKEN_KEY || event.key === null) followOtherTab();
  });
  token.value = storedToken();
  const code = codeOf(location.hash);
  if (code !== undefined) {
    // Out of the address bar and the history before anything can fail.
    history.replaceState(null, "", location.pathname + location.search);
    return await signInWithCode(api, code);
  }
  const stored = token.value;
  if (stored === undefined) return;
  try {
    if (!await api.isValidToken(stored)) endSession("Your session has ended. Sign in again.");
  } catch {
    // No daemon to ask: the token may well be good.
  }
}

/** Somebody signed in or out in another tab. */
export function followOtherTab(): void {
  token.value = storedToken();
  if (token.value === undefined) return;
  loginMessage.value = undefined;
  isLoginOpen.value = false;
}

async function signInWithCode(api: Api, code: string): Promise<void> {
  try {
    keep((await api.openSession(code)).token);
  } catch (error) {
    loginMessage.value = error instanceof ApiError
      ? "This sign-in link was used already or is older than a minute. Ask for a new one."
      : "The daemon could not be reached to sign in. Ask for a new link once it runs.";
    isLoginOpen.value = true;
  }
}

/** Tries a pasted token and keeps it when the daemon accepts it; returns whether it did. */
export async function signInWithToken(api: Api, pasted: string): Promise<boolean> {
  const candidate = pasted.trim();
  loginMessage.value = undefined;
  // A header can carry only visible ASCII: anything else was not copied from the daemon.
  if (!/^[\x21-\x7e]+$/.test(candidate)) {
    loginMessage.value = "A token is one word of letters, digits and signs, without spaces.";
    return false;
  }
  try {
    if (await api.isValidToken(candidate)) {
      keep(candidate);
      return true;
    }
    loginMessage.value = "The daemon does not accept this token.";
  } catch (error) {
    loginMessage.value = error instanceof ApiError
      ? error.message
      : "The daemon could not be reached.";
  }
  return false;
}

/** Forgets the token, here and in the other tabs; `reason` is shown in the sign-in box. */
export function endSession(reason?: string): void {
  token.value = undefined;
  loginMessage.value = reason;
  storeToken(undefined);
}

function keep(value: string): void {
  token.value = value;
  loginMessage.value = undefined;
  isLoginOpen.value = false;
  storeToken(value);
}
