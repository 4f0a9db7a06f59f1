/**
 * The few error classes that a caller catches; everything else throws a built-in error.
 * @module
 */

/** This machine cannot do it: the next candidate is tried, or the command exits with code 5. */
export class UnsupportedError extends Error {
  override name = "UnsupportedError";
}

/** The thing that was named does not exist. */
export class NotFoundError extends Error {
  override name = "NotFoundError";
}

/** The request is right in itself but does not fit what is already there. */
export class ConflictError extends Error {
  override name = "ConflictError";
}

/** A part that is needed (the database, Redis) cannot serve now; trying again later may help. */
export class UnavailableError extends Error {
  override name = "UnavailableError";
}

/** This user may not do it here; the message names the exact command that gives the right (exit code 4). */
export class NotPermittedError extends Error {
  override name = "NotPermittedError";
}

/** Who asks has not proved who it is; a device that is known is told no more than one that is not. */
export class UnprovenError extends Error {
  override name = "UnprovenError";
  constructor() {
    super("The device or its signature is not valid");
  }
}

/** Too many; the caller may come back. */
export class TooManyError extends Error {
  override name = "TooManyError";
  constructor(readonly retryAfterS: number, what = "Too many requests") {
    super(`${what}; try again in ${retryAfterS} s`);
  }
}

/** It is stored already: for the phone that is as good as stored. */
export class ReplayError extends ConflictError {
  override name = "ReplayError";
  constructor() {
    super("This heartbeat is stored already");
  }
}

/** The program cannot go on; `exitCode` is one of those listed in `EXIT_CODES`. */
export class FatalError extends Error {
  override name = "FatalError";
  constructor(message: string, readonly exitCode: number, options?: ErrorOptions) {
    super(message, options);
  }
}

/** What each exit code of every command means. */
export const EXIT_CODES = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  daemonUnreachable: 3,
  notPermitted: 4,
  notSupported: 5,
} as const;
