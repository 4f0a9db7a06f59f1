/**
 * Focus sessions in the browser: what is loaded when somebody goes to them.
 * @module
 */
import { h, render } from "preact";
import type { Api } from "../api.ts";
import { addressIn } from "../view_loader.ts";
import { AlertBanner } from "./components/alert_banner.tsx";
import { prepareFocus } from "./context.ts";

export { FocusView as View } from "./focus_view.tsx";

/** Makes the page's session, takes up what ran before the page was loaded again, and lets it call. */
export function prepare(api: Api): void {
  prepareFocus(api, addressIn("vision-worker"));
  const above = document.createElement("div");
  document.body.append(above);
  render(h(AlertBanner, {}), above);
}
