import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Columns } from "../charts/columns.tsx";
import { Panel } from "../components/panel.tsx";
import { type CategoryNode, categoryTree, secondsIn } from "./category_tree.ts";
import { CategoryTable } from "./category_table.tsx";
import { OTHER_SERIES, seriesOf } from "./category_series.ts";
import { hasPrevious } from "./change.ts";
import { columnNames, previousName } from "./dates.ts";
import type { WireTrends } from "./wire.ts";

/** So many have a colour of their own. */
const COLOURED = 6;
const SHOWN = 8;

/** Where the time went: by category over time, and as a tree. */
export function CategoriesPanel({ trends }: { trends: WireTrends }) {
  const isWhole = useSignal(false);
  const tree = useMemo(() => categoryTree(trends.categories), [trends]);
  const coloured = tree.filter(({ seconds }) => seconds > 0).slice(0, COLOURED);
  const keys = coloured.map(({ key }) => key).join("\n");
  const hasOther = tree.some(({ key, seconds }) =>
    seconds > 0 && !coloured.some((one) => one.key === key)
  );
  const series = useMemo(
    () => [...seriesOf(coloured), ...(hasOther ? [OTHER_SERIES] : [])],
    [keys, hasOther],
  );
  const columns = useMemo(() =>
    trends.columns.map((column) => ({
      ...columnNames(trends.unit, trends.period, column),
      seconds: secondsByKey(tree, coloured, column.category_seconds),
    })), [trends]);
  if (tree.length === 0) return null;
  const shown = isWhole.value ? tree : tree.slice(0, SHOWN);
  return (
    <Panel heading="Categories" class="whole trend-categories">
      <div class="trend-chart">
        <Columns
          label="Time by category"
          columns={columns}
          series={series}
          maxSeconds={trends.unit === "hour" ? 3600 : undefined}
          heightPx={240}
        />
      </div>
      <div>
        <CategoryTable
          nodes={shown}
          coloured={coloured.map(({ key }) => key)}
          hasOther={hasOther}
          before={hasPrevious(trends) ? previousName(trends) : undefined}
        />
        {tree.length > SHOWN && (
          <button
            type="button"
            class="plain"
            aria-expanded={isWhole.value}
            onClick={() => isWhole.value = !isWhole.value}
          >
            {isWhole.value ? "Show the largest only" : `Show all ${tree.length}`}
          </button>
        )}
      </div>
    </Panel>
  );
}

function secondsByKey(
  tree: readonly CategoryNode[],
  coloured: readonly CategoryNode[],
  categorySeconds: readonly number[],
): Record<string, number> {
  const seconds: Record<string, number> = {};
  for (const node of tree) {
    const key = coloured.includes(node) ? `of ${node.key}` : OTHER_SERIES.key;
    seconds[key] = (seconds[key] ?? 0) + secondsIn(node, categorySeconds);
  }
  return seconds;
}
