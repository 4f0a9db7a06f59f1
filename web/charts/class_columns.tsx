import type { TimelineClass } from "../../daemon/core/types.ts";
import { CLASS_WORDS } from "../words.ts";
import { Columns, type ColumnSeries, type ColumnsProps } from "./columns.tsx";

/** From the base line up; as the class marks: solid, static, flat, hollow. */
const SERIES: readonly (ColumnSeries & { readonly key: TimelineClass })[] = [
  { key: "signal", name: CLASS_WORDS.signal, colour: "signal", fill: "solid" },
  { key: "noise", name: CLASS_WORDS.noise, colour: "noise", fill: "striped" },
  { key: "neutral", name: CLASS_WORDS.neutral, colour: "neutral", fill: "flat" },
  { key: "afk", name: CLASS_WORDS.afk, colour: "afk", fill: "hollow" },
];

/** Columns of time by class. */
export function ClassColumns(props: Omit<ColumnsProps, "series">) {
  return <Columns {...props} series={SERIES} />;
}
