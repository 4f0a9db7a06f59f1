/**
 * What the view works with, made once a page.
 * @module
 */
import type { Api } from "../api.ts";
import { createFocusApi, type FocusApi } from "./focus_api.ts";
import { connectOutside } from "./outside.ts";
import { FocusSession } from "./session.ts";

interface Focus {
  readonly api: FocusApi;
  readonly session: FocusSession;
}

let prepared: Focus | undefined;

/** Makes the page's session object, and takes up what ran before the page was loaded again. */
export function prepareFocus(api: Api, workerUrl: string): void {
  if (prepared) return;
  const focusApi = createFocusApi(api);
  prepared = { api: focusApi, session: new FocusSession(focusApi, workerUrl) };
  connectOutside(prepared.session, focusApi);
  void prepared.session.restore();
}

/** @throws {TypeError} before `prepareFocus` */
export function focus(): Focus {
  if (!prepared) throw new TypeError("The focus sessions are not prepared");
  return prepared;
}
