/**
 * One request to Twilio's REST API.
 * @module
 */
import type { ReadySms } from "../config/sms.ts";
import { requestLoopback } from "./loopback_request.ts";

export interface TwilioAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  /** `undefined`: it was no JSON object, broke off, or went on for too long. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

/** There was none; `wasSent`: the request may have arrived. */
export interface NoAnswer {
  readonly kind: "none";
  readonly wasSent: boolean;
  readonly reason: string;
}

export interface TwilioRequest {
  /** What is posted; without it, the resource is asked for. */
  readonly form?: URLSearchParams;
  readonly replyMs: number;
  readonly signal?: AbortSignal;
}

const VERSION = "2010-04-01";
/** The longest answer that is looked at. */
const MAX_BYTES = 64 * 1024;
/** What the runtime says of a request that it never wrote. */
const NOT_SENT = /client error \(Connect\)|ECONNREFUSED|are blocked$|Requires net access/;

/** Asks for something below the account, "/Messages.json", or, with "", for the account. */
export async function askTwilio(
  { accountSid, authToken, apiBase }: ReadySms,
  resource: string,
  { form, replyMs, signal }: TwilioRequest,
): Promise<TwilioAnswer | NoAnswer> {
  const path = resource === "" ? ".json" : resource;
  const limit = AbortSignal.timeout(replyMs);
  const url = `${apiBase}/${VERSION}/Accounts/${accountSid}${path}`;
  const init = {
    method: form ? "POST" : "GET",
    headers: {
      Accept: "application/json",
      Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`,
      ...(form && { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" }),
    },
    body: form?.toString(),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  };
  let response: Response;
  try {
    response = url.startsWith("http:")
      ? await requestLoopback(url, { ...init, maxBytes: MAX_BYTES })
      // Whoever it leads to is not to get the token, nor the text.
      : await fetch(url, { ...init, redirect: "manual" });
  } catch (error) {
    return noAnswer(error as Error, apiBase);
  }
  const json = await readJson(response);
  return { kind: "answer", status: response.status, retryAfterMs: retryAfterMs(response), json };
}

/** Whether the API is a program on this computer. */
export function isLoopback(apiBase: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(apiBase).hostname);
}

async function readJson({ body }: Response): Promise<TwilioAnswer["json"]> {
  try {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let bytesLeft = MAX_BYTES;
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      bytesLeft -= chunk.length;
      if (bytesLeft < 0) return undefined;
    }
    const json: unknown = JSON.parse(await new Blob(chunks).text());
    const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
    return isObject ? json as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

/** In seconds, or as a date. */
function retryAfterMs({ headers }: Response): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const waitMs = Date.parse(text) - Date.now();
  return waitMs > 0 ? waitMs : undefined;
}

function noAnswer(error: Error, apiBase: string): NoAnswer {
  const { host } = new URL(apiBase);
  const text = textOf(error);
  const wasSent = !NOT_SENT.test(text);
  const none = (reason: string) => ({ kind: "none" as const, wasSent, reason });
  if (/dns error/.test(text)) return none(`Cannot reach ${host}: no network, or no such name`);
  if (/refused/i.test(text)) return none(`Cannot reach ${host}: nothing listens there`);
  if (/certificate|UnknownIssuer/i.test(text)) {
    return none(`Cannot trust ${host}: its certificate is not good`);
  }
  if (!wasSent) return none(`Cannot reach ${host}`);
  if (error.name === "TimeoutError") return none(`${host} did not answer in time`);
  if (error.name === "AbortError") return none(`The program ended before ${host} answered`);
  return none(`The connection to ${host} broke off before it answered`);
}

function textOf({ name, message, cause }: Error): string {
  return `${name}: ${message}${cause instanceof Error ? `: ${textOf(cause)}` : ""}`;
}
