/**
 * The description of the API, made from the same records that the routes run by.
 * @module
 */
import * as z from "zod";
import { VERSION } from "../core/version.ts";
import { DEFAULT_MAX_BODY_BYTES } from "./body.ts";
import type { Route } from "./route.ts";

const errorSchema = () => z.object({ error: z.object({ code: z.string(), message: z.string() }) });

const ACCESS_WORDS = {
  public: "Needs no token.",
  free: "Needs no token from loopback, unless PRODTRACKER_REQUIRE_TOKEN is set.",
  local: "Free on loopback, until a `DASHBOARD_ADMIN_TOKEN` is set; else it takes the admin token",
  token: "Needs the admin token.",
};

/** OpenAPI 3.1 for a list of routes; schemas in it are JSON Schema 2020-12. */
export function openApiDocument(routes: readonly Route[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "ProdTracker",
      version: VERSION,
      description:
        "A person's own productivity monitor, on their own machine. Times are ISO 8601 UTC.",
    },
    paths,
    components: {
      securitySchemes: {
        adminToken: { type: "apiKey", in: "header", name: "X-Admin-Token" },
      },
      schemas: { Error: jsonSchema(errorSchema(), "output") },
    },
  };
}

function operation(route: Route): Record<string, unknown> {
  const reply = route.replyType
    ? { [route.replyType]: {} }
    : { "application/json": route.reply ? { schema: jsonSchema(route.reply(), "output") } : {} };
  const failure = {
    description: "What was wrong",
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  };
  return {
    tags: [route.tag],
    summary: route.summary,
    description: ACCESS_WORDS[route.access],
    ...security(route),
    parameters: parameters(route),
    ...(route.body
      ? {
        requestBody: {
          description: `At most ${route.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES} bytes`,
          content: { "application/json": { schema: jsonSchema(route.body(), "input") } },
        },
      }
      : {}),
    responses: { 200: { description: "Done", content: reply }, default: failure },
  };
}

/** A free route works with the token as well as without. */
function security({ access }: Route): { security?: Record<string, string[]>[] } {
  if (access === "public") return {};
  const withToken = { adminToken: [] };
  return { security: access === "token" ? [withToken] : [{}, withToken] };
}

function parameters(route: Route): unknown[] {
  const named = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const query = route.query
    ? jsonSchema(route.query(), "input") as {
      properties?: Record<string, unknown>;
      required?: string[];
    }
    : {};
  const asked = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: query.required?.includes(name) ?? false,
    schema,
  }));
  return [...named, ...asked];
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    reused: "inline",
    unrepresentable: "any",
  });
  return rest;
}
