import type { WireErasureProgress } from "../privacy_wire.ts";
import { progressOf } from "./words.ts";

/** How far an erasing is, as a bar with words. */
export function EraseProgress({ progress }: { progress: WireErasureProgress }) {
  const { words, share } = progressOf(progress);
  return (
    <div class="erase-progress">
      <progress aria-label="Erasing" {...(share !== undefined && { value: share, max: 1 })} />
      <p>{words}</p>
    </div>
  );
}
