/**
 * The only map from errors to status codes.
 * @module
 */
import {
  ConflictError,
  NotFoundError,
  NotPermittedError,
  ReplayError,
  TooManyError,
  UnavailableError,
  UnprovenError,
  UnsupportedError,
} from "../core/errors.ts";

/** An error that already knows its status; thrown by the API itself only. */
export class HttpError extends Error {
  override name = "HttpError";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

/** The reply for an error: `{"error":{"code","message"}}`; an unforeseen one says nothing of itself. */
export function errorResponse(error: unknown): Response {
  const { status, code, message, headers } = describe(error);
  return Response.json({ error: { code, message } }, { status, headers });
}

/** Whether an error is the daemon's own fault, and belongs into the log. */
export function isUnforeseen(error: unknown): boolean {
  return describe(error).status === 500;
}

function describe(error: unknown): Pick<HttpError, "status" | "code" | "message"> & {
  headers?: Record<string, string>;
} {
  if (error instanceof HttpError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NotFoundError) return { status: 404, code: "not_found", message };
  if (error instanceof UnprovenError) return { status: 401, code: "unproven", message };
  if (error instanceof TooManyError) {
    const headers = { "Retry-After": String(error.retryAfterS) };
    return { status: 429, code: "too_many", message, headers };
  }
  if (error instanceof ReplayError) return { status: 409, code: "replay", message };
  if (error instanceof ConflictError) return { status: 409, code: "conflict", message };
  if (error instanceof NotPermittedError) return { status: 403, code: "not_permitted", message };
  if (error instanceof UnsupportedError) return { status: 501, code: "not_supported", message };
  if (error instanceof UnavailableError) return { status: 503, code: "unavailable", message };
  if (error instanceof RangeError) return { status: 422, code: "wrong_value", message };
  if (error instanceof SyntaxError) return { status: 400, code: "wrong_shape", message };
  return { status: 500, code: "internal", message: "The daemon made an error; its log has it" };
}
