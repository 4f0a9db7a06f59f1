import type { Api } from "../api.ts";

export function TrendsView(_: { api: Api }) {
  return <h1 class="page-title">Trends</h1>;
}
