import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { signInWithToken } from "../login.ts";
import { connection, isLoginOpen, loginMessage } from "../state.ts";

interface LoginBoxProps {
  readonly api: Api;
  /** The view shows nothing without it. */
  readonly isNeeded: boolean;
}

/** Where a token is pasted. */
export function LoginBox({ api, isNeeded }: LoginBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const isBusy = useSignal(false);
  useEffect(() => input.current?.focus(), []);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy.value || input.current === null) return;
    isBusy.value = true;
    const isIn = await signInWithToken(api, input.current.value);
    isBusy.value = false;
    if (!isIn) input.current?.select();
  };

  // Where there is nothing else, it is what the page is about.
  const Heading = isNeeded ? "h1" : "h2";
  return (
    <section class="login" aria-labelledby="login-heading">
      <Heading id="login-heading">Sign in</Heading>
      <p id="login-help">
        {connection.value === "locked"
          ? "This daemon shows nothing without a token. "
          : isNeeded && "This page is for you alone. "}
        Paste the admin token, or open the one-time link that <code>prodtracker serve</code> prints.
      </p>
      <form onSubmit={submit}>
        {/* Password managers file a secret under a name. */}
        <input type="text" autocomplete="username" value="admin" readOnly hidden />
        <label for="token">Token</label>
        <input
          ref={input}
          id="token"
          type="password"
          autocomplete="current-password"
          spellcheck={false}
          aria-describedby="login-help login-message"
          aria-invalid={loginMessage.value !== undefined}
          required
        />
        <button type="submit" disabled={isBusy.value}>Sign in</button>
        {!isNeeded && (
          <button
            type="button"
            class="plain"
            onClick={() => isLoginOpen.value = false}
          >
            Cancel
          </button>
        )}
      </form>
      <p id="login-message" class="login-message" role="alert">{loginMessage.value}</p>
    </section>
  );
}
