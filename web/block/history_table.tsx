import { ForeignText } from "../components/foreign_text.tsx";
import { formatDuration } from "../format.ts";
import { nowMs } from "../state.ts";
import { momentWords } from "./times.ts";
import type { WireBlock } from "./wire.ts";
import { ACTOR_WORDS, endWords, lastedSeconds, targetWords } from "./words.ts";

/** Blocks, newest first. */
export function HistoryTable({ blocks }: { blocks: readonly WireBlock[] }) {
  return (
    <table class="table history-table">
      <thead>
        <tr>
          <th scope="col">Began</th>
          <th scope="col" class="number">Lasted</th>
          <th scope="col">What</th>
          <th scope="col">Who</th>
          <th scope="col">End</th>
        </tr>
      </thead>
      <tbody>
        {blocks.map((block) => (
          <tr key={block.id} class={block.ended === null ? "is-running" : undefined}>
            <td>{momentWords(block.start, nowMs.value)}</td>
            <td class="number">{formatDuration(lastedSeconds(block, nowMs.value))}</td>
            <td class="history-what">
              {targetWords(block)} {block.strict && <span class="chip">Strict</span>}
              {block.reason && (
                <p class="quiet">
                  <ForeignText text={block.reason} />
                </p>
              )}
            </td>
            <td>{ACTOR_WORDS[block.actor] ?? block.actor}</td>
            <td>{endWords(block) ?? <strong>Runs</strong>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
