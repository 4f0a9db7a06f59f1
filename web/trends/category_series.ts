/**
 * The colours of categories, the same in the chart and in the table beside it.
 * @module
 */
import type { ColumnSeries } from "../charts/columns.tsx";
import type { CategoryNode } from "./category_tree.ts";

/** All that have no colour of their own. */
export const OTHER_SERIES: ColumnSeries = {
  key: "other",
  name: "Other",
  colour: "category-other",
  fill: "hollow",
};

/** One series each, by place; patterns besides colours, for whoever cannot tell these apart. */
export function seriesOf(nodes: readonly CategoryNode[]): ColumnSeries[] {
  return nodes.map(({ key, name }, index) => ({
    key: `of ${key}`,
    name,
    colour: `category-${index + 1}`,
    fill: index % 2 === 0 ? "solid" : "striped",
  }));
}
