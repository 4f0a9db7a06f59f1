import type { Api } from "../api.ts";
import { query } from "../router.ts";
import { token } from "../state.ts";
import { CheckSection } from "./check_section.tsx";
import { HistorySection } from "./history_section.tsx";
import { NowSection } from "./now_section.tsx";
import { SchedulesSection } from "./schedules_section.tsx";
import { SectionTabs } from "./section_tabs.tsx";
import { sectionOf } from "./sections.ts";
import { SignInFirst } from "./sign_in_first.tsx";
import { SitesSection } from "./sites_section.tsx";

/** Blocking: what is blocked now, what will be, which sites, whether it holds, and what was. */
export function BlockView({ api }: { api: Api }) {
  const section = sectionOf(query.value.get("section"));
  const isSignedIn = token.value !== undefined;
  return (
    <div class="block-view">
      <h1 class="page-title">Block</h1>
      <SectionTabs current={section} />
      {section === "now"
        ? <NowSection api={api} isSignedIn={isSignedIn} />
        : !isSignedIn
        ? <SignInFirst />
        : section === "schedules"
        ? <SchedulesSection api={api} />
        : section === "sites"
        ? <SitesSection api={api} />
        : section === "check"
        ? <CheckSection api={api} />
        : <HistorySection api={api} />}
    </div>
  );
}
