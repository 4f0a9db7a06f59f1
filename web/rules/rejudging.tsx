import type { Api } from "../api.ts";
import { reclassifying } from "../state.ts";
import { useRead } from "../use_read.ts";

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly running: boolean;
}

/** How far the past is judged again after a change; nothing when it is. */
export function Rejudging({ api }: { api: Api }) {
  const { data } = useRead<Progress>(api, "/rules/progress", { on: ["reclassify"] });
  const known = reclassifying.value ?? (data?.running ? data : undefined);
  return (
    <div class="rejudging" role="status">
      {known !== undefined && known.total > 0 && (
        <>
          <label for="rejudging">Judging the past again</label>
          <progress id="rejudging" max={known.total} value={known.done} />
        </>
      )}
    </div>
  );
}
