import { ForeignText } from "../../components/foreign_text.tsx";
import { ViewLink } from "../../components/view_link.tsx";
import type { WirePart } from "../../wire.ts";
import { partWord } from "../../words.ts";
import { StatusMark } from "../status_mark.tsx";
import { markOf, placeOf } from "./parts.ts";

/** One part: how it is, why, and where that is changed. */
export function PartRow({ part }: { part: WirePart }) {
  const place = placeOf(part);
  return (
    <li class="row">
      <StatusMark mark={markOf(part)} word={part.status === "degraded" ? "Degraded" : undefined} />
      <span class="row-name">{partWord(part.name)}</span>
      <span class="row-detail">
        {part.detail && <ForeignText text={part.detail} />}
        {place && (
          <span class="row-place">
            <ViewLink to={place.to} query={place.query}>See {place.label}</ViewLink>
          </span>
        )}
      </span>
    </li>
  );
}
