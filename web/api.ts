/**
 * The typed client of the daemon's HTTP API; the token travels in a header, never in an address.
 * @module
 */
import type { WireDay, WireEvent } from "./wire.ts";

/** An answer that is not 2xx; `code` is the API's own word for it. */
export class ApiError extends Error {
  override name = "ApiError";
  constructor(message: string, readonly status: number, readonly code: string | undefined) {
    super(message);
  }
}

/** What the client is built from. */
export interface ApiOptions {
  readonly fetch: typeof fetch;
  /** Read at each request: the person may sign in or out at any time. */
  readonly token: () => string | undefined;
}

/** What `POST /session` answers. */
export interface Session {
  readonly token: string;
  readonly expires_at: string | null;
}

/** The requests this page makes. */
export interface Api {
  recentEvents(limit: number): Promise<WireEvent[]>;
  today(): Promise<WireDay>;
  /** The open response of `/stream`, whatever its status. */
  stream(signal: AbortSignal): Promise<Response>;
  /** Trades a one-time code for a token. @throws {ApiError} when it was used or has expired. */
  openSession(code: string): Promise<Session>;
  /** Whether the daemon accepts this token. */
  isValidToken(token: string): Promise<boolean>;
  /** Any other JSON that is read. @throws {ApiError} */
  get<T>(path: string, init?: GetInit): Promise<T>;
  /** JSON that is written; `undefined` as a body sends none. @throws {ApiError} */
  send<T>(method: WriteMethod, path: string, body?: unknown, init?: SendInit): Promise<T>;
  /** A file that is read: a picture, an export. @throws {ApiError} */
  blob(path: string, init?: GetInit): Promise<Blob>;
  /** An answer whose body is the caller's to read, as it comes. @throws {ApiError} */
  open(path: string, init?: GetInit): Promise<Response>;
  /** A file that is sent as it is. @throws {ApiError} */
  upload<T>(path: string, file: Blob, init?: UploadInit): Promise<T>;
}

export type WriteMethod = "POST" | "PUT" | "DELETE";

/** How something is read. */
export type GetInit = Pick<RequestInit, "signal">;

/** How a file is sent; by another `fetch`, such as one that tells how far it is. */
export type UploadInit = GetInit & { readonly fetch?: typeof fetch };

/** How something is sent. */
export type SendInit = Pick<RequestInit, "keepalive" | "signal">;

/** The client. A request that reaches no daemon rejects with the `TypeError` of `fetch`. */
export function createApi(options: ApiOptions): Api {
  const send = (
    path: string,
    { fetch = options.fetch, ...init }: Init = {},
    token = options.token(),
  ) => {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set("X-Admin-Token", token);
    return fetch(path, { ...init, headers, cache: "no-store", credentials: "omit" });
  };
  const answered = async (path: string, init?: Init): Promise<Response> => {
    const response = await send(path, init);
    if (!response.ok) throw await toApiError(response);
    return response;
  };
  const json = async <T>(path: string, init?: Init): Promise<T> =>
    await (await answered(path, init)).json();
  const write = <T>(method: WriteMethod, path: string, body?: unknown, init: SendInit = {}) => {
    if (body === undefined) return json<T>(path, { ...init, method });
    const headers = { "Content-Type": "application/json" };
    return json<T>(path, { ...init, method, headers, body: JSON.stringify(body) });
  };
  return {
    recentEvents: (limit) => json(`/events/recent?limit=${limit}`),
    today: () => json("/activity/day"),
    stream: (signal) => send("/stream", { signal, headers: { Accept: "text/event-stream" } }),
    openSession: (code) => write("POST", "/session", { code }),
    get: json,
    send: write,
    open: answered,
    blob: async (path, init) => await (await answered(path, init)).blob(),
    upload: (path, file, init) => json(path, { ...init, method: "POST", body: file }),
    async isValidToken(token) {
      const response = await send("/session", {}, token);
      await response.body?.cancel();
      if (response.ok) return true;
      if (response.status === 401) return false;
      throw new ApiError(`The daemon answered ${response.status}`, response.status, undefined);
    },
  };
}

type Init = RequestInit & Pick<UploadInit, "fetch">;

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const error = (body as { error?: { code?: string; message?: string } } | undefined)?.error;
  return new ApiError(
    error?.message ?? `The daemon answered ${response.status}`,
    response.status,
    error?.code,
  );
}
