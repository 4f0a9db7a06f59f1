import type { Api } from "../api.ts";
import { Header } from "../components/header.tsx";
import { LoginBox } from "../components/login_box.tsx";
import { Notices } from "../components/notices.tsx";
import { NudgeBanner } from "../components/nudge_banner.tsx";
import { PageFooter } from "../components/page_footer.tsx";
import { view } from "../router.ts";
import { connection, firstRun, hasData, isLoginOpen, ownFocus } from "../state.ts";
import { FirstRun } from "./first_run.tsx";
import { FocusLoader } from "./focus_loader.tsx";
import { Today } from "./today.tsx";
import { Waiting } from "./waiting.tsx";

/** The whole page; what stands in the middle depends on the view, and on what is known. */
export function Page({ api }: { api: Api }) {
  const isLocked = connection.value === "locked";
  // A session goes on, and is to be seen, though the daemon wants a token again.
  const isFocus = view.value === "focus" && (!isLocked || ownFocus.value !== undefined);
  return (
    <>
      <a class="skip" href="#main">Skip to content</a>
      <Header />
      <main id="main" tabIndex={-1}>
        {(isLoginOpen.value || isLocked) && <LoginBox api={api} />}
        <NudgeBanner api={api} />
        {!isLocked && <Notices isBrief={view.value === "focus"} />}
        {isFocus ? <FocusLoader api={api} /> : !isLocked && <Day />}
      </main>
      <PageFooter />
    </>
  );
}

function Day() {
  if (!hasData.value) return <Waiting />;
  return firstRun.value ? <FirstRun /> : <Today />;
}
