import type { TimelineClass } from "../../daemon/core/types.ts";
import { ClassGlyph } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { formatDuration } from "../format.ts";
import type { WireTotals } from "../wire.ts";
import { CLASS_WORDS } from "../words.ts";
import { RuleLink } from "./rule_link.tsx";

/** A row of `/activity/top`. */
export interface TopItem extends WireTotals {
  readonly name: string | null;
  /** The one with the most of its time. */
  readonly class: TimelineClass;
  readonly seconds: number;
}

interface TopRowProps {
  readonly item: TopItem;
  readonly by: "app" | "title" | "category";
  /** Of the longest, 0..1. */
  readonly share: number;
}

const KINDS = ["signal", "noise", "neutral"] as const;
const NAMELESS = { app: "No name", title: "No title", category: "No category" };

/** What it is, how long it took, and for the eye a bar of how that counts. */
export function TopRow({ item, by, share }: TopRowProps) {
  const { name } = item;
  const isNamed = name !== null && name.trim() !== "";
  const text = isNamed
    ? <ForeignText class="top-text" text={name} />
    : <span class="top-text quiet">{NAMELESS[by]}</span>;
  return (
    <li class={`top-row mark-${item.class}`}>
      <span class="top-name">
        <ClassGlyph kind={item.class} />
        <span class="only-heard">{CLASS_WORDS[item.class]}:</span>
        {isNamed && by !== "category" ? <RuleLink {...{ [by]: name }}>{text}</RuleLink> : text}
      </span>
      <span class="top-length">{formatDuration(item.seconds)}</span>
      <span class="top-bar" aria-hidden="true">
        {KINDS.filter((kind) => item[`${kind}_seconds`] > 0).map((kind) => (
          <span
            key={kind}
            class={`fill fill-${kind}`}
            style={{ width: `${100 * share * item[`${kind}_seconds`] / item.seconds}%` }}
          />
        ))}
      </span>
    </li>
  );
}
