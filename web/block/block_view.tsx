import type { Api } from "../api.ts";

export function BlockView(_: { api: Api }) {
  return <h1 class="page-title">Block</h1>;
}
