/**
 * The part of an OpenAPI 3.1 document that the API page reads, and pure questions to it.
 * @module
 */

/** A JSON Schema as OpenAPI 3.1 writes it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "path" | "header" | "cookie";
  readonly description?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses?: Readonly<
    Record<string, { readonly description?: string; readonly content?: Content }>
  >;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
}

export interface OpenApi {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description?: string;
  };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
  readonly security?: Operation["security"];
}

/** One operation with where it is. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** The fragment that leads to it. */
  readonly anchor: string;
  /** Whether it is refused without a token everywhere. */
  readonly needsToken: boolean;
  readonly operation: Operation;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The document's operations under their first tag, both in the order they were written. */
export function routesByTag(doc: OpenApi): Map<string, Route[]> {
  const groups = new Map<string, Route[]>();
  for (const [path, item] of Object.entries(doc.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const tag = operation.tags?.[0] ?? path.split("/")[1] ?? "other";
      const security = operation.security ?? doc.security ?? [];
      const route = {
        method: method.toUpperCase(),
        path,
        anchor: `${method}${path.replace(/[^\w]+/g, "-")}`,
        // An empty requirement among others means "or without".
        needsToken: security.length > 0 && security.every((way) => Object.keys(way).length > 0),
        operation,
      };
      groups.set(tag, [...groups.get(tag) ?? [], route]);
    }
  }
  return groups;
}

/** The schema behind a reference into this document; one that leads nowhere is the empty schema. */
export function resolve(doc: OpenApi, schema: Schema): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return name === undefined ? schema : doc.components?.schemas?.[name] ?? {};
}

/** A schema's type in a few words: "integer", "string (date-time) or null", "array of Event". */
export function typeWords(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((v) => JSON.stringify(v)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(typeWords).join(" or ");
  if (schema.allOf !== undefined) return schema.allOf.map(typeWords).join(" and ");
  const types = [schema.type ?? (schema.properties ? "object" : "anything")].flat();
  return types.map((type) => {
    if (type === "array") return `array of ${schema.items ? typeWords(schema.items) : "anything"}`;
    return schema.format && type !== "null" ? `${type} (${schema.format})` : type;
  }).join(" or ");
}

/** An example value of a schema, for a request's body; references deeper than a few are left out. */
export function exampleOf(doc: OpenApi, schema: Schema, depth = 0): unknown {
  const real = resolve(doc, schema);
  const given = real.example ?? real.examples?.[0] ?? real.default ?? real.const ?? real.enum?.[0];
  if (given !== undefined) return given;
  const choice = real.anyOf?.[0] ?? real.oneOf?.[0] ?? real.allOf?.[0];
  if (choice !== undefined) return depth > 5 ? null : exampleOf(doc, choice, depth + 1);
  const type = [real.type ?? (real.properties ? "object" : "string")].flat()[0];
  if (type === "array") {
    return real.items === undefined || depth > 5 ? [] : [exampleOf(doc, real.items, depth + 1)];
  }
  if (type === "object") {
    const required = new Set(real.required ?? Object.keys(real.properties ?? {}));
    const entries = Object.entries(real.properties ?? {}).filter(([name]) => required.has(name));
    return depth > 5 ? {} : Object.fromEntries(
      entries.map(([name, value]) => [name, exampleOf(doc, value, depth + 1)]),
    );
  }
  if (type === "integer" || type === "number") return real.minimum ?? 1;
  return type === "boolean" ? true : type === "null" ? null : "…";
}

/** A command that calls the route from a POSIX shell, with required values left as `<name>`. */
export function curlOf(doc: OpenApi, route: Route, origin: string): string {
  const parameters = route.operation.parameters ?? [];
  const query = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const path = route.path.replace(/\{(\w+)\}/g, "<$1>");
  const search = query.map(({ name }) => `${name}=<${name}>`).join("&");
  const lines = [`curl '${origin}${path}${search && `?${search}`}'`];
  if (route.method !== "GET") lines.push(`-X ${route.method}`);
  if (route.needsToken) lines.push(`-H "X-Admin-Token: $TOKEN"`);
  const [type, media] = Object.entries(route.operation.requestBody?.content ?? {})[0] ?? [];
  if (type !== undefined) lines.push(`-H 'Content-Type: ${type}'`);
  if (type === "application/json") {
    const body = JSON.stringify(exampleOf(doc, media?.schema ?? {}));
    lines.push(`-d '${body.replaceAll("'", `'\\''`)}'`);
  } else if (type !== undefined) {
    lines.push("--data-binary @<file>");
  }
  return lines.join(" \\\n  ");
}
