/**
 * The HTTP API as one function from request to response; it needs no port.
 * @module
 */
import { type Context, Hono } from "hono";
import { getPath } from "hono/utils/url";
import type { ZodType } from "zod";
import { activityRoutes } from "./activity.ts";
import { blockerRoutes } from "./blocker.ts";
import { blockerMeansRoutes } from "./blocker_means.ts";
import { DEFAULT_MAX_BODY_BYTES, readJson, validate } from "./body.ts";
import { dataRoutes } from "./data.ts";
import type { ApiDeps } from "./deps.ts";
import { doctorRoutes } from "./doctor.ts";
import { errorResponse, HttpError, isUnforeseen } from "./errors.ts";
import { editRoutes } from "./edits.ts";
import { erasureRoutes } from "./erasure.ts";
import { eventRoutes } from "./events.ts";
import { focusRoutes } from "./focus.ts";
import type { Peer } from "./guard.ts";
import { goalRoutes } from "./goals.ts";
import { healthRoutes } from "./health.ts";
import { loopRoutes } from "./loop.ts";
import { messageRoutes } from "./messages.ts";
import { metricsRoutes } from "./metrics.ts";
import { pauseRoutes } from "./pause.ts";
import { phoneRoutes } from "./phone.ts";
import { privacyRoutes } from "./privacy.ts";
import { type Route, route } from "./route.ts";
import { ruleRoutes } from "./rules.ts";
import { rulePreviewRoutes } from "./rules_preview.ts";
import { screenshotRoutes } from "./screenshots.ts";
import { sessionRoutes } from "./session.ts";
import { meantPath, staticRoutes } from "./static.ts";
import { statusRoutes } from "./status.ts";
import { streamRoutes } from "./stream.ts";
import { summaryRoutes } from "./summary.ts";
import { summarySendRoutes } from "./summary_send.ts";
import { timelineRoutes } from "./timeline.ts";
import { trendsRoutes } from "./trends.ts";

/** Answers a request that came from `peer`. */
export type App = (request: Request, peer: Peer) => Promise<Response>;

/** The application; to add a resource, write its file and its line here. */
export function createApp(deps: ApiDeps): App {
  const routes: Route[] = [
    ...healthRoutes(deps),
    ...metricsRoutes(deps),
    ...eventRoutes(deps),
    ...activityRoutes(deps),
    ...timelineRoutes(deps),
    ...trendsRoutes(deps),
    ...statusRoutes(deps),
    ...summaryRoutes(deps),
    ...summarySendRoutes(deps),
    ...goalRoutes(deps),
    ...messageRoutes(deps),
    ...doctorRoutes(deps),
    ...streamRoutes(deps),
    ...ruleRoutes(deps),
    ...rulePreviewRoutes(deps),
    ...blockerRoutes(deps),
    ...blockerMeansRoutes(deps),
    ...phoneRoutes(deps),
    ...focusRoutes(deps),
    ...loopRoutes(deps),
    ...privacyRoutes(deps),
    ...pauseRoutes(deps),
    ...editRoutes(deps),
    ...erasureRoutes(deps),
    ...screenshotRoutes(deps),
    ...sessionRoutes(deps),
    ...dataRoutes(deps),
    ...staticRoutes(deps),
  ];
  routes.push(openApiRoute(routes));
  return serveRoutes(routes, deps);
}

/** What phones on the local network may reach: their own routes, each with its own proof, and nothing else. */
export function createPhoneApp(deps: ApiDeps): App {
  const own = phoneRoutes(deps).filter(({ access }) => access === "public");
  const pages = staticRoutes(deps).flatMap((page): Route[] => {
    if (page.path.startsWith("/phone/")) return [page];
    if (page.path !== "/assets/:file") return [];
    // Of the files of all pages, only those that the phone's page is made of.
    const handle: Route["handle"] = (call) => {
      if (/^(phone-|icon\.)/.test(call.params.file)) return page.handle(call);
      throw new HttpError(404, "not_found", "There is no such file");
    };
    return [{ ...page, handle }];
  });
  return serveRoutes([...own, ...pages], deps);
}

function serveRoutes(routes: readonly Route[], deps: ApiDeps): App {
  const hono = new Hono<{ Bindings: Peer }>({
    getPath: (request) => meantPath(request, getPath(request)),
  });
  for (const each of routes) {
    hono.on(each.method, each.path, (context) => answer(each, context, deps));
  }
  hono.notFound((context) => {
    const known = routes.filter((each) => each.path === context.req.path).map((each) =>
      each.method
    );
    if (known.length === 0) {
      return errorResponse(
        new HttpError(404, "not_found", "There is no such route; /docs lists them"),
      );
    }
    const message = `This route takes ${known.join(", ")}`;
    return errorResponse(
      new HttpError(405, "wrong_method", message, { Allow: known.join(", ") }),
    );
  });
  hono.onError((error, context) => {
    if (isUnforeseen(error)) deps.onUnforeseen(error, context.req.routePath);
    return errorResponse(error);
  });

  return async (request, peer) => {
    try {
      deps.guard.admit(request);
    } catch (error) {
      await drain(request);
      return secured(errorResponse(error), {});
    }
    const cors = deps.guard.corsHeaders(request);
    if (request.method === "OPTIONS") return secured(new Response(null, { status: 204 }), cors);
    const response = await hono.fetch(request, peer);
    await drain(request);
    return secured(response, cors);
  };
}

/**
 * Reads a short body that nobody wanted: with HTTP/2 a stream that is closed before it was read may reach
 * the client before the reply does.
 */
async function drain(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  const length = Number(request.headers.get("content-length") ?? Infinity);
  if (length <= DEFAULT_MAX_BODY_BYTES) await request.arrayBuffer().catch(() => {});
}

async function answer(
  route: Route,
  context: Context<{ Bindings: Peer }>,
  deps: ApiDeps,
): Promise<Response> {
  const request = context.req.raw;
  const peer = context.env ?? {};
  await deps.guard.authorize(request, route.access, peer);
  const query = route.query && validate(made(route.query), context.req.query(), "query");
  const maxBytes = route.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  const body = route.body && validate(made(route.body), await readJson(request, maxBytes), "body");
  const result = await route.handle({ query, body, request, peer, params: context.req.param() });
  const response = result instanceof Response ? result : Response.json(result);
  // Nobody will read the body: a stream that is not told so would wait for its reader for ever.
  if (request.method === "HEAD") await response.body?.cancel();
  return response;
}

const schemas = new WeakMap<() => ZodType, ZodType>();

/** A route's schema, made once. */
function made(schema: () => ZodType): ZodType {
  let known = schemas.get(schema);
  if (!known) schemas.set(schema, known = schema());
  return known;
}

function openApiRoute(routes: readonly Route[]): Route {
  return route({
    method: "GET",
    path: "/openapi.json",
    access: "free",
    tag: "Pages",
    summary: "This API as OpenAPI 3.1",
    handle: async () => (await import("./openapi.ts")).openApiDocument(routes),
  });
}

/** The headers that every reply carries. */
function secured(response: Response, extra: Record<string, string>): Response {
  const { headers } = response;
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  for (const [name, value] of Object.entries(extra)) {
    if (name === "Vary") headers.append(name, value);
    else headers.set(name, value);
  }
  return response;
}
