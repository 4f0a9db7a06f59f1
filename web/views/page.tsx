import type { Api } from "../api.ts";
import { Header } from "../components/header.tsx";
import { LoginBox } from "../components/login_box.tsx";
import { Notices } from "../components/notices.tsx";
import { PageFooter } from "../components/page_footer.tsx";
import { connection, firstRun, hasData, isLoginOpen } from "../state.ts";
import { FirstRun } from "./first_run.tsx";
import { Today } from "./today.tsx";
import { Waiting } from "./waiting.tsx";

/** The whole page; what stands in the middle depends on what is known. */
export function Page({ api }: { api: Api }) {
  const isLocked = connection.value === "locked";
  return (
    <>
      <a class="skip" href="#main">Skip to content</a>
      <Header />
      <main id="main" tabIndex={-1}>
        {(isLoginOpen.value || isLocked) && <LoginBox api={api} />}
        {!isLocked && <Notices />}
        {!isLocked && (hasData.value ? (firstRun.value ? <FirstRun /> : <Today />) : <Waiting />)}
      </main>
      <PageFooter />
    </>
  );
}
