import { ForeignText } from "../components/foreign_text.tsx";
import { ViewLink } from "../components/view_link.tsx";
import { formatDuration, formatShare } from "../format.ts";
import { durationChange } from "./change.ts";
import type { CategoryNode } from "./category_tree.ts";

interface CategoryTableProps {
  readonly nodes: readonly CategoryNode[];
  /** Keys of those with a colour of their own, by their colours' places. */
  readonly coloured: readonly string[];
  readonly hasOther: boolean;
  /** What the changes are from; `undefined`: nothing is known of it. */
  readonly before: string | undefined;
}

/** Categories with what lies under them, their time, their share of it all, and the change. */
export function CategoryTable({ nodes, coloured, hasOther, before }: CategoryTableProps) {
  const whole = nodes.reduce((sum, { seconds }) => sum + seconds, 0);
  const most = Math.max(1, ...nodes.map(({ seconds }) => seconds));
  const row = (node: CategoryNode, swatch: string, isChild: boolean) => (
    <tr key={`${isChild} ${node.key}`} class={isChild ? "category-child" : undefined}>
      <th scope="row">
        <span class="category-name">
          <span class={`category-swatch ${swatch}`} aria-hidden="true" />
          {node.key === ""
            ? <ViewLink to="rules">{node.name}</ViewLink>
            : <ForeignText text={node.name} class="cut" />}
        </span>
        {!isChild && (
          <span
            class={`category-bar ${swatch}`}
            style={{ width: `${100 * node.seconds / most}%` }}
            aria-hidden="true"
          />
        )}
      </th>
      <td class="number">{formatDuration(node.seconds)}</td>
      <td class="number quiet category-share">
        {whole > 0 ? formatShare(node.seconds / whole) : "–"}
      </td>
      {before !== undefined && (
        <td class="number">{durationChange(node.seconds, node.previousSeconds)}</td>
      )}
    </tr>
  );
  return (
    <table class="table category-table">
      <caption class="only-heard">
        Time by category{before === undefined ? "" : `, and the change from ${before}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col" class="number">Time</th>
          <th scope="col" class="number category-share">Share</th>
          {before !== undefined && <th scope="col" class="number">Change</th>}
        </tr>
      </thead>
      <tbody>
        {nodes.flatMap((node) => {
          const place = coloured.indexOf(node.key);
          const swatch = place >= 0
            ? `category-${place + 1}`
            : hasOther
            ? "category-other"
            : "category-none";
          return [
            row(node, swatch, false),
            ...node.children.map((child) => row(child, swatch, true)),
          ];
        })}
      </tbody>
    </table>
  );
}
