import { endSession } from "../login.ts";
import { isLoginOpen, token } from "../state.ts";
import { ConnectionState } from "./connection_state.tsx";
import { DemoMark } from "./demo_mark.tsx";
import { FocusSign } from "./focus_sign.tsx";
import { Logo } from "./logo.tsx";
import { ViewLinks } from "./view_links.tsx";

/** Name, the views, connection, and the way in or out. */
export function Header() {
  const isSignedIn = token.value !== undefined;
  return (
    <header class="page-header">
      <p class="brand">
        <Logo />
        ProdTracker
      </p>
      <ViewLinks />
      <ConnectionState />
      <FocusSign />
      <nav aria-label="Account and help">
        <a href="/docs">API</a>
        {isSignedIn
          ? <button type="button" class="plain" onClick={() => endSession()}>Sign out</button>
          : (
            <button
              type="button"
              class="plain"
              aria-expanded={isLoginOpen.value}
              onClick={() => isLoginOpen.value = !isLoginOpen.value}
            >
              Sign in
            </button>
          )}
      </nav>
      <DemoMark />
    </header>
  );
}
