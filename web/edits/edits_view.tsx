import type { Api } from "../api.ts";

export function EditsView(_: { api: Api }) {
  return <h1 class="page-title">Edits</h1>;
}
