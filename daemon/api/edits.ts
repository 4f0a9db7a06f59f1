import type { ApiDeps } from "./deps.ts";
import type { Route } from "./route.ts";

// deno-lint-ignore no-empty-interface
export interface EditPort {}

export function editRoutes(_deps: ApiDeps): Route[] {
  return [];
}
