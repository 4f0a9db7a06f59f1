/**
 * Focus sessions in the browser: what is loaded when somebody goes to them.
 * @module
 */
import { h, render } from "preact";
import type { Api } from "../api.ts";
import { AlertBanner } from "./components/alert_banner.tsx";
import { prepareFocus as prepare } from "./context.ts";

export { FocusView } from "./focus_view.tsx";

/** Makes the page's session, takes up what ran before the page was loaded again, and lets it call. */
export function prepareFocus(api: Api, workerUrl: string): void {
  prepare(api, workerUrl);
  const above = document.createElement("div");
  document.body.append(above);
  render(h(AlertBanner, {}), above);
}
