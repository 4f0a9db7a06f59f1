/** The API page's entry: reads /openapi.json, with the dashboard's token when there is one, and draws. */
import { render } from "preact";
import type { OpenApi } from "./openapi.ts";
import { storedToken } from "../token_storage.ts";
import { DocsPage } from "./page.tsx";
import { Unavailable } from "./unavailable.tsx";

const root = document.getElementById("docs")!;
try {
  const token = storedToken();
  const headers: HeadersInit = token === undefined ? {} : { "X-Admin-Token": token };
  const response = await fetch("/openapi.json", { headers, credentials: "omit" });
  if (response.ok) {
    const doc: OpenApi = await response.json();
    render(<DocsPage doc={doc} origin={location.origin} />, root);
    // The browser looked for the fragment before there was anything to find.
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  } else {
    render(<Unavailable isLocked={response.status === 401} />, root);
  }
} catch {
  render(<Unavailable isLocked={false} />, root);
}
