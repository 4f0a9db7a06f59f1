import {
  type Content,
  curlOf,
  type OpenApi,
  type Parameter,
  type Route,
  typeWords,
} from "./openapi.ts";
import { FieldNotes, SchemaView } from "./schema_view.tsx";

/** One route: what it does, what it takes, what it answers, how to call it. */
export function OperationView(
  { doc, route, origin }: { doc: OpenApi; route: Route; origin: string },
) {
  const { operation } = route;
  const responses = Object.entries(operation.responses ?? {});
  return (
    <article id={route.anchor} aria-labelledby={`${route.anchor}-title`}>
      <h3 id={`${route.anchor}-title`}>
        <span class="verb">{route.method}</span> <code>{route.path}</code>
      </h3>
      {operation.summary && <p>{operation.summary}</p>}
      {operation.description && <p class="prose">{operation.description}</p>}
      {operation.parameters && operation.parameters.length > 0 && (
        <Parameters list={operation.parameters} />
      )}
      {operation.requestBody?.content && (
        <>
          <h4>Body</h4>
          <ContentView doc={doc} content={operation.requestBody.content} />
        </>
      )}
      <h4>Call</h4>
      <pre tabIndex={0}><code>{curlOf(doc, route, origin)}</code></pre>
      <h4>Answers</h4>
      {responses.map(([status, response]) => (
        <details key={status} open={status.startsWith("2")}>
          <summary>
            <strong>{status}</strong> {response.description}
          </summary>
          {response.content && <ContentView doc={doc} content={response.content} />}
        </details>
      ))}
    </article>
  );
}

function Parameters({ list }: { list: readonly Parameter[] }) {
  return (
    <>
      <h4>Parameters</h4>
      <dl class="fields">
        {list.map((parameter) => (
          <div key={`${parameter.in}-${parameter.name}`}>
            <dt>
              <code>{parameter.name}</code>{" "}
              <span class="quiet">
                {parameter.in}, {typeWords(parameter.schema ?? {})}
                {parameter.required && ", required"}
              </span>
            </dt>
            <dd>
              <FieldNotes
                schema={parameter.schema ?? {}}
                description={parameter.description ?? parameter.schema?.description}
              />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function ContentView({ doc, content }: { doc: OpenApi; content: Content }) {
  return (
    <>
      {Object.entries(content).map(([type, { schema }]) => (
        <div key={type}>
          <p class="quiet">{type}</p>
          {schema !== undefined && <SchemaView doc={doc} schema={schema} />}
        </div>
      ))}
    </>
  );
}
