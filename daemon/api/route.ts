/**
 * What a route is: one record with its access, its schemas and its handler. The application, the guard
 * and `/openapi.json` are all made from these records.
 * @module
 */
import type { z } from "zod";
import type { Peer } from "./guard.ts";

/**
 * Who may call:
 * - `public`: anyone who may reach the daemon at all (static files, routes that carry their own proof);
 * - `free`: from loopback without a token, unless `PRODTRACKER_REQUIRE_TOKEN` is set;
 * - `local`: as `free`, but only while the user has set no `DASHBOARD_ADMIN_TOKEN` (block, unblock, focus);
 * - `token`: the admin token, or a session made with it.
 */
export type Access = "public" | "free" | "local" | "token";

/** What a handler is given; `query` and `body` have passed their schemas. */
export interface Call<Q, B> {
  readonly query: Q;
  readonly body: B;
  readonly request: Request;
  /** Where the request came from. */
  readonly peer: Peer;
  /** Values of the `:name` parts of the path. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Route<Q = unknown, B = unknown> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly access: Access;
  /** Heading in the documentation. */
  readonly tag: string;
  readonly summary: string;
  // Schemas are made when they are first needed: all of them at the start would cost 4 MB of memory.
  readonly query?: () => z.ZodType<Q>;
  /** A JSON body's schema; without one the body is the handler's to read (or there is none). */
  readonly body?: () => z.ZodType<B>;
  /** The most bytes of body. @default 64 KiB; `Infinity` for streamed ones */
  readonly maxBodyBytes?: number;
  /** Schema of the JSON reply, for the documentation. */
  readonly reply?: () => z.ZodType;
  /** Media type of a reply that is not JSON. */
  readonly replyType?: string;
  /** Returns the JSON reply, or a whole Response. */
  readonly handle: (call: Call<Q, B>) => unknown | Promise<unknown>;
}

/** A route whose handler's types follow from its schemas. */
export function route<Q = undefined, B = undefined>(definition: Route<Q, B>): Route {
  return definition as unknown as Route;
}
