import type { Api } from "../api.ts";
import { Header } from "../components/header.tsx";
import { LoginBox } from "../components/login_box.tsx";
import { Notices } from "../components/notices.tsx";
import { NudgeBanner } from "../components/nudge_banner.tsx";
import { PageFooter } from "../components/page_footer.tsx";
import { SayingBar } from "../components/saying.tsx";
import { type View, view } from "../router.ts";
import { connection, isLoginOpen, ownFocus, token } from "../state.ts";
import { FirstView } from "./first_view.tsx";
import { LaterView } from "./later_view.tsx";

/** The views that have nothing for whoever is not signed in. */
const PRIVATE: ReadonlySet<View> = new Set<View>(["phone", "rules", "edits", "settings"]);

/** The whole page; what stands in the middle depends on the view, and on what is known. */
export function Page({ api }: { api: Api }) {
  const shown = view.value;
  const isLocked = connection.value === "locked";
  const needsSignIn = isLocked || (PRIVATE.has(shown) && token.value === undefined);
  // A session goes on, and is to be seen, though the daemon wants a token again.
  const isShown = !needsSignIn || (shown === "focus" && ownFocus.value !== undefined);
  return (
    <>
      <a class="skip" href="#main">Skip to content</a>
      <Header />
      <main id="main" tabIndex={-1}>
        {(isLoginOpen.value || needsSignIn) && <LoginBox api={api} isNeeded={needsSignIn} />}
        <NudgeBanner api={api} />
        {!isLocked && <Notices isBrief={shown !== "today"} />}
        {isShown &&
          (shown === "today"
            ? <FirstView api={api} />
            : <LaterView key={shown} name={shown} api={api} />)}
      </main>
      <PageFooter />
      <SayingBar />
    </>
  );
}
