/** The dashboard's entry: builds the client, takes up the session, starts the stream, draws. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { createApi } from "./api.ts";
import { startFeed } from "./feed.ts";
import { formatShare } from "./format.ts";
import { hasKeptFocus } from "./kept_focus.ts";
import { restoreSession } from "./login.ts";
import { startRouter, view } from "./router.ts";
import { connection, day, ownFocus, token } from "./state.ts";
import { loadView } from "./view_loader.ts";
import { Page } from "./views/page.tsx";
import { VIEW_WORDS } from "./words.ts";

const api = createApi({ fetch: (input, init) => fetch(input, init), token: () => token.value });

effect(() => {
  const focus = ownFocus.value;
  if (focus !== undefined) return void (document.title = `${focus.title} · ProdTracker`);
  if (view.value !== "today") {
    return void (document.title = `${VIEW_WORDS[view.value]} · ProdTracker`);
  }
  const share = connection.value === "locked" ? null : day.value?.signal_share ?? null;
  document.title = share === null ? "ProdTracker" : `${formatShare(share)} signal · ProdTracker`;
});
startRouter();
render(<Page api={api} />, document.getElementById("app")!);
await restoreSession(api);
startFeed(api);
// A session that ran when the page was loaded again goes on, whichever view is shown.
if (hasKeptFocus()) loadView("focus", api).catch(() => {});
