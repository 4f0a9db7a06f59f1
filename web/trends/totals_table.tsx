import type { ComponentChildren } from "preact";
import type { TimelineClass } from "../../daemon/core/types.ts";
import { ClassMark } from "../components/class_mark.tsx";
import { formatDuration, formatRatio, formatShare } from "../format.ts";
import { durationChange, hasPrevious, ratioChange, shareChange } from "./change.ts";
import { previousName } from "./dates.ts";
import type { WireTrends } from "./wire.ts";

const KINDS: readonly TimelineClass[] = ["signal", "noise", "neutral", "afk"];

interface Row {
  readonly key: string;
  readonly name: ComponentChildren;
  readonly now: string;
  readonly then: string;
  readonly change: string;
}

/** The times and ratios, what they were before, and how they changed. */
export function TotalsTable({ trends }: { trends: WireTrends }) {
  const isCompared = hasPrevious(trends);
  return (
    <table class="table trend-compared">
      <caption class="quiet">{compared(trends, isCompared)}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="only-heard">What</span>
          </th>
          <th scope="col" class="number">Time</th>
          {isCompared && <th scope="col" class="number trend-before">Before</th>}
          {isCompared && <th scope="col" class="number">Change</th>}
        </tr>
      </thead>
      <tbody>
        {rowsOf(trends).map(({ key, name, now, then, change }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td class="number">{now}</td>
            {isCompared && <td class="number quiet trend-before">{then}</td>}
            {isCompared && <td class="number">{change}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rowsOf(trends: WireTrends): Row[] {
  const { previous } = trends;
  const shareOf = (share: number | null) => share === null ? "–" : formatShare(share);
  const ratioOf = (ratio: number | null) => ratio === null ? "–" : formatRatio(ratio);
  return [
    ...KINDS.map((kind): Row => {
      const now = trends[`${kind}_seconds`], then = previous[`${kind}_seconds`];
      return {
        key: kind,
        name: <ClassMark kind={kind} />,
        now: formatDuration(now),
        then: formatDuration(then),
        change: durationChange(now, then),
      };
    }),
    {
      key: "share",
      name: "Signal share",
      now: shareOf(trends.signal_share),
      then: shareOf(previous.signal_share),
      change: shareChange(trends.signal_share, previous.signal_share) ?? "–",
    },
    {
      key: "ratio",
      name: "Signal to noise",
      now: ratioOf(trends.snr),
      then: ratioOf(previous.snr),
      change: ratioChange(trends.snr, previous.snr) ?? "–",
    },
  ];
}

function compared(trends: WireTrends, isCompared: boolean): string {
  const before = previousName(trends);
  const upTo = trends.previous.is_part ? " up to the same point" : "";
  return isCompared
    ? `Compared with ${before}${upTo}`
    : `Nothing to compare with: ${before} has nothing recorded${upTo}`;
}
