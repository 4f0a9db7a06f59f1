import type { PrivacyRule } from "../core/privacy.ts";
import type { ApiDeps } from "./deps.ts";
import type { Route } from "./route.ts";

/** The privacy rules. */
export interface PrivacyPort {
  readonly rules: readonly PrivacyRule[];
}

export function privacyRoutes(_deps: ApiDeps): Route[] {
  return [];
}
