import type { ApiDeps } from "./deps.ts";
import type { Route } from "./route.ts";

// deno-lint-ignore no-empty-interface
export interface ErasurePort {}

export function erasureRoutes(_deps: ApiDeps): Route[] {
  return [];
}
