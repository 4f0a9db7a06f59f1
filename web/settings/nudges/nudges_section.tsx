import type { Api } from "../../api.ts";

export function NudgesSection(_: { api: Api }) {
  return <div class="page" />;
}
