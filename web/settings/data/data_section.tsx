import type { Api } from "../../api.ts";

export function DataSection(_: { api: Api }) {
  return <div class="page" />;
}
