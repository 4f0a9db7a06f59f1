import type { Api } from "../../api.ts";

export function MessagesSection(_: { api: Api }) {
  return <div class="page" />;
}
