/**
 * What a system's way of starting programs at login can do for us.
 * @module
 */
import { readIfThere } from "../os/files.ts";
import type { ServiceProgram } from "./program.ts";

/** What the system says of the service; `undefined`: it does not say. */
export interface ServiceState {
  /** Whose service it is, as people call it; `undefined` where none can be had. */
  readonly manager?: string;
  /** Why there can be no service here, and what else to do. */
  readonly unsupported?: string;
  readonly installed: boolean;
  /** Where its text lies, or would. */
  readonly path?: string;
  /** Whether it starts with the login. */
  readonly enabled?: boolean;
  readonly active: boolean;
  /** The system's own word: "active", "activating", "failed", …. */
  readonly state?: string;
  /** Since when it is in that state, ms UTC. */
  readonly sinceMs?: number;
  readonly pid?: number;
  /** How often the system started it again by itself. */
  readonly restarts?: number;
  /** How it ended last, when that was not in order. */
  readonly failure?: string;
  /** The display that the system would start it with now; `null`: none. */
  readonly display?: string | null;
}

export interface InstallResult {
  readonly path: string;
  /** Whether another text, or none, was there before. */
  readonly changed: boolean;
  /** What else was done, a line each. */
  readonly did: readonly string[];
}

export interface LogOptions {
  readonly lines: number;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** One system's way. */
export interface ServiceManager {
  readonly name: string;
  readonly path: string;
  /** The text that is written to `path`. */
  render(program: ServiceProgram): string;
  /**
   * Writes the text and starts the service; what runs with the same text already is left alone.
   * @throws {ConflictError} when something that is not ours has the name.
   */
  install(program: ServiceProgram): Promise<InstallResult>;
  /** Stops it and takes the text away; resolves to what was removed. */
  uninstall(): Promise<readonly string[]>;
  state(): Promise<ServiceState>;
  /** Names of variables that it will have, as the system says. */
  environment(): Promise<ReadonlyMap<string, string>>;
  /** The lines it wrote, as they come. @throws {UnsupportedError} when they cannot be had. */
  logs(options: LogOptions): ReadableStream<Uint8Array> | Promise<ReadableStream<Uint8Array>>;
}

/** In each text that we write; what lacks it is somebody else's. */
export const MARK = 'Written by "prodtracker service install"';

/**
 * Whether what lies at `path` is a text of ours; `undefined`: nothing lies there. A unit that is masked, a link to
 * nowhere but /dev/null, is none of ours.
 */
export function isOurText(path: string): boolean | undefined {
  try {
    return readIfThere(path)?.includes(MARK);
  } catch (error) {
    if (error instanceof Deno.errors.IsADirectory) return false;
    throw error;
  }
}

/** Something that is not ours has the name. */
export function foreignText(path: string): string {
  return `Cannot use "${path}": it is there already, and not written by prodtracker; ` +
    "move it away, then try again";
}
