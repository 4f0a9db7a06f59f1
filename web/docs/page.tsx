import { Logo } from "../components/logo.tsx";
import { type OpenApi, routesByTag } from "./openapi.ts";
import { OperationView } from "./operation.tsx";

/** Every route of the document, grouped, with a list of them to jump from. */
export function DocsPage({ doc, origin }: { doc: OpenApi; origin: string }) {
  const groups = [...routesByTag(doc)];
  return (
    <>
      <a class="skip" href="#main">Skip to content</a>
      <header class="page-header">
        <p class="brand">
          <Logo />
          ProdTracker
        </p>
        <nav aria-label="Pages">
          <a href="/">Dashboard</a>
          <a href="/openapi.json">openapi.json</a>
        </nav>
      </header>
      <div class="docs">
        <nav class="docs-nav" aria-label="Routes">
          {groups.map(([tag, routes]) => (
            <div key={tag}>
              <p class="quiet">{tag}</p>
              <ul>
                {routes.map((route) => (
                  <li key={route.anchor}>
                    <a href={`#${route.anchor}`}>
                      <span class="verb">{route.method}</span> {route.path}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <main id="main" tabIndex={-1}>
          <h1>
            {doc.info.title} <span class="quiet">{doc.info.version}</span>
          </h1>
          {doc.info.description && <p class="prose">{doc.info.description}</p>}
          {groups.map(([tag, routes]) => (
            <section key={tag} aria-label={tag}>
              <h2>{tag}</h2>
              {routes.map((route) => (
                <OperationView key={route.anchor} doc={doc} route={route} origin={origin} />
              ))}
            </section>
          ))}
        </main>
      </div>
    </>
  );
}
