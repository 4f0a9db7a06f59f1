import type { ApiDeps } from "./deps.ts";
import type { Route } from "./route.ts";

/** What the API needs of the loop. */
export interface LoopPort {}

export function loopRoutes(_deps: ApiDeps): Route[] {
  return [];
}
