/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { curlOf, exampleOf, type OpenApi, routesByTag, typeWords } from "./openapi.ts";

const DOC: OpenApi = {
  info: { title: "Test", version: "1" },
  components: {
    schemas: {
      Rule: {
        type: "object",
        properties: {
          match: { type: "string", enum: ["app", "title"] },
          note: { type: ["string", "null"] },
          next: { $ref: "#/components/schemas/Rule" },
        },
        required: ["match", "next"],
      },
    },
  },
  paths: {
    "/rules/{name}": {
      put: {
        tags: ["Rules"],
        security: [{ adminToken: [] }],
        parameters: [
          { name: "name", in: "path", required: true },
          { name: "from", in: "query", required: true },
          { name: "limit", in: "query" },
        ],
        requestBody: {
          content: {
            "application/json": {
              schema: { type: "object", properties: { who: { type: "string", default: "it's" } } },
            },
          },
        },
      },
    },
    "/health": { get: { tags: ["Daemon"], security: [{}, { adminToken: [] }] } },
  },
};

Deno.test("routesByTag() groups by the first tag and knows which routes always need the token", () => {
  const groups = [...routesByTag(DOC)].map(([tag, routes]) => [
    tag,
    routes.map(({ method, path, needsToken }) => `${method} ${path} ${needsToken}`),
  ]);
  assert.deepEqual(groups, [
    ["Rules", ["PUT /rules/{name} true"]],
    ["Daemon", ["GET /health false"]],
  ]);
});

Deno.test("curlOf() names what must be filled in and quotes the body for a shell", () => {
  const [route] = routesByTag(DOC).get("Rules") ?? [];
  assert.equal(
    curlOf(DOC, route, "http://127.0.0.1:8000"),
    `curl 'http://127.0.0.1:8000/rules/<name>?from=<from>' \\
  -X PUT \\
  -H "X-Admin-Token: $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{"who":"it'\\''s"}'`,
  );
});

Deno.test("exampleOf() ends on a schema that refers to itself", () => {
  const example = exampleOf(DOC, { $ref: "#/components/schemas/Rule" }) as { match: string };
  assert.equal(example.match, "app");
});

Deno.test("typeWords() says types in words", () => {
  assert.equal(
    typeWords({ type: ["string", "null"], format: "date-time" }),
    "string (date-time) or null",
  );
  assert.equal(
    typeWords({ type: "array", items: { $ref: "#/components/schemas/Rule" } }),
    "array of Rule",
  );
  assert.equal(typeWords({ anyOf: [{ const: 1 }, { enum: ["a", "b"] }] }), '1 or "a" | "b"');
  assert.equal(typeWords({}), "anything");
});
