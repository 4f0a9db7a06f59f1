import type { Api } from "../../api.ts";

export function HealthSection(_: { api: Api }) {
  return <div class="page" />;
}
