import type { ApiDeps } from "./deps.ts";
import type { Route } from "./route.ts";

// deno-lint-ignore no-empty-interface
export interface ScreenshotPort {}

export function screenshotRoutes(_deps: ApiDeps): Route[] {
  return [];
}
