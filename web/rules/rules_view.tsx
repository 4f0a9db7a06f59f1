import type { Api } from "../api.ts";

export function RulesView(_: { api: Api }) {
  return <h1 class="page-title">Rules</h1>;
}
