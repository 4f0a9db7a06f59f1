/**
 * What a check says.
 * @module
 */

export interface Check {
  /** The heading that it stands under; given by whoever runs the checks. */
  readonly group?: string;
  readonly name: string;
  /** `fail`: something configured does not work; `warn`: it may soon; `off`: not there, and not needed. */
  readonly status: "ok" | "warn" | "fail" | "off";
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export interface CheckOptions {
  /** Send a message by each channel, too. @default false */
  readonly sendTest?: boolean;
  /** Told of what is waited for. */
  readonly onWait?: (name: string) => void;
}
