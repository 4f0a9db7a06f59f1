/** The dashboard's entry: builds the client, takes up the session, starts the stream, draws. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { createApi } from "./api.ts";
import { startFeed } from "./feed.ts";
import { formatShare } from "./format.ts";
import { restoreSession } from "./login.ts";
import { connection, day, token } from "./state.ts";
import { Page } from "./views/page.tsx";

const api = createApi({ fetch: (input, init) => fetch(input, init), token: () => token.value });

effect(() => {
  const share = connection.value === "locked" ? null : day.value?.signal_share ?? null;
  document.title = share === null ? "ProdTracker" : `${formatShare(share)} signal · ProdTracker`;
});
render(<Page api={api} />, document.getElementById("app")!);
await restoreSession(api);
startFeed(api);
