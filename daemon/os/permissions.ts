/**
 * Giving up what a command does not need, before it does anything else.
 * @module
 */

/** What a command goes on needing; everything not named is given up. */
export interface KeptPermissions {
  /** Starting the listed programs. @default false */
  readonly run?: boolean;
  /** Loading the listed native libraries. @default false */
  readonly ffi?: boolean;
  /** Talking to the network. @default false */
  readonly net?: boolean;
  /** Writing files. @default false */
  readonly write?: boolean;
}

/**
 * Gives up the permissions not named in `keep`, for the rest of the process and the workers it starts.
 *
 * Always a whole name: revoking one path, host or program out of a wider grant silently does nothing.
 */
export function dropPermissions(keep: KeptPermissions = {}): void {
  for (const name of ["run", "ffi", "net", "write"] as const) {
    if (!keep[name]) Deno.permissions.revokeSync({ name });
  }
}
