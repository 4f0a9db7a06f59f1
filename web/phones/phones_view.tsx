import type { Api } from "../api.ts";

export function PhonesView(_: { api: Api }) {
  return <h1 class="page-title">Phones</h1>;
}
