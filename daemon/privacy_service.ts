/**
 * The privacy rules in force.
 * @module
 */
import type { PrivacyPort } from "./api/privacy.ts";
import type { PrivacyRule } from "./core/privacy.ts";
import type { FocusedWindow, Subject } from "./core/types.ts";
import type { Store } from "./store/mod.ts";

export interface PrivacyServiceOptions {
  readonly store: Store;
  readonly dataDir: string;
  /** The rules have changed. */
  readonly onChange: () => void;
  readonly report: (status: "ok" | "degraded" | "off", detail: string) => void;
}

export class PrivacyService implements PrivacyPort {
  private constructor(private readonly options: PrivacyServiceOptions) {}

  static open(options: PrivacyServiceOptions): Promise<PrivacyService> {
    return Promise.resolve(new PrivacyService(options));
  }

  get rules(): readonly PrivacyRule[] {
    return [];
  }

  /** What of a window may be known; `undefined`: nothing. */
  readonly filter = (window: FocusedWindow): FocusedWindow | undefined => window;

  /** Whether any rule, or its being a private window, keeps a window out of screenshots. */
  isPrivate(_window: FocusedWindow): boolean {
    return false;
  }

  /** What of an imported subject, or of a phone's app, may be stored. */
  readonly filterSubject = (subject: Subject): Subject | undefined => subject;
}
