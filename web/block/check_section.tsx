import type { Api } from "../api.ts";
import { MeansPanel } from "./means_panel.tsx";
import { CheckPanel } from "./check_panel.tsx";
import { useBlockStatus } from "./use_block_status.ts";

/** Whether the block that runs really holds, and what blocking takes on this machine. */
export function CheckSection({ api }: { api: Api }) {
  const { heard } = useBlockStatus(api);
  return (
    <div class="page two-columns">
      <CheckPanel api={api} status={heard?.status} />
      <MeansPanel api={api} />
    </div>
  );
}
