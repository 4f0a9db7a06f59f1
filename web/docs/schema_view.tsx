import { type OpenApi, resolve, type Schema, typeWords } from "./openapi.ts";

/** A schema as its type and, for objects, its fields, one level inside the other. */
export function SchemaView({ doc, schema }: { doc: OpenApi; schema: Schema }) {
  return (
    <>
      <p class="type">{typeWords(schema)}</p>
      <Fields doc={doc} schema={schema} within={[]} />
    </>
  );
}

/** `within` are the object schemas this one stands in: one that refers to itself is not unfolded again. */
function Fields(
  { doc, schema, within }: { doc: OpenApi; schema: Schema; within: readonly Schema[] },
) {
  const objects = objectsIn(doc, schema).filter((object) => !within.includes(object));
  return (
    <>
      {objects.map((object, index) => (
        <dl key={index} class="fields">
          {Object.entries(object.properties ?? {}).map(([name, field]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>{" "}
                <span class="quiet">
                  {typeWords(field)}
                  {!object.required?.includes(name) && ", optional"}
                </span>
              </dt>
              <dd>
                <FieldNotes schema={field} description={field.description} />
                <Fields doc={doc} schema={field} within={[...within, object]} />
              </dd>
            </div>
          ))}
        </dl>
      ))}
    </>
  );
}

/** What is said of a field besides its type. */
export function FieldNotes({ schema, description }: { schema: Schema; description?: string }) {
  const notes = [
    description,
    schema.default === undefined ? undefined : `Default ${JSON.stringify(schema.default)}.`,
    isLimit(schema.minimum) ? `At least ${schema.minimum}.` : undefined,
    isLimit(schema.maximum) ? `At most ${schema.maximum}.` : undefined,
  ];
  return <>{notes.filter((note) => note !== undefined).join(" ")}</>;
}

/** Whether a bound says anything: what every integer is bound by does not. */
function isLimit(bound: number | undefined): boolean {
  return bound !== undefined && Math.abs(bound) !== Number.MAX_SAFE_INTEGER;
}

/** The object schemas a value of this schema may be made of: through lists, choices and references. */
function objectsIn(doc: OpenApi, schema: Schema, seen: readonly Schema[] = []): Schema[] {
  const real = resolve(doc, schema);
  if (seen.includes(real)) return [];
  const own = real.properties === undefined ? [] : [real];
  const inner = [...real.anyOf ?? [], ...real.oneOf ?? [], ...real.allOf ?? []];
  if (real.items !== undefined) inner.push(real.items);
  if (typeof real.additionalProperties === "object") inner.push(real.additionalProperties);
  return [...own, ...inner.flatMap((part) => objectsIn(doc, part, [...seen, real]))];
}
