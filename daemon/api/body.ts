/**
 * Reading what a request says: bounded, strict UTF-8, then its schema.
 * @module
 */
import type { z } from "zod";
import { HttpError } from "./errors.ts";

/** The most a JSON body may hold where its route says nothing else. */
export const DEFAULT_MAX_BODY_BYTES = 64 * 1024;

/**
 * The whole body, up to a limit.
 * @throws {HttpError} 413 when it is longer, also when its length was not told beforehand.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLong = () => {
    return new HttpError(413, "body_too_long", `The body may have at most ${maxBytes} bytes`);
  };
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLong();
  // A length that was told is kept to: no need to count along.
  if (request.headers.has("content-length")) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => {});
      throw tooLong();
    }
    chunks.push(value);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}

/**
 * A JSON body; an empty one is `{}`.
 * @throws {HttpError} 400 not UTF-8 or not JSON, 413 too long, 415 said to be something else.
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const bytes = await readBody(request, maxBytes);
  if (bytes.length === 0) return {};
  const type = request.headers.get("content-type");
  if (type !== null && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new HttpError(415, "wrong_media_type", "The body must be application/json");
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpError(400, "wrong_encoding", "The body is not UTF-8");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "wrong_json", "The body is not JSON");
  }
}

/**
 * A value that fits its schema.
 * @throws {HttpError} 400 for a wrong shape (type, missing or unknown field), 422 for a wrong value.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, where: "query" | "body"): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const shape = issue.code === "invalid_type" || issue.code === "unrecognized_keys" ||
    issue.code === "invalid_union" || isMissing(value, issue.path);
  const field = issue.path.length > 0 ? `${where} field "${issue.path.join(".")}"` : `the ${where}`;
  throw new HttpError(
    shape ? 400 : 422,
    shape ? "wrong_shape" : "wrong_value",
    `Cannot use ${field}: ${issue.message}`,
  );
}

/** Whether nothing stands at `path`; an enumeration says so by a wrong value. */
function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = value;
  for (const key of path) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  return at === undefined;
}
