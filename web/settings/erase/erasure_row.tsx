import { ForeignText } from "../../components/foreign_text.tsx";
import type { WireErasure } from "../privacy_wire.ts";
import { countOf, formatMoment, placeWords } from "./words.ts";

/** One erasing: when it was asked for, how much it was, and the places where it is pending, with why. */
export function ErasureRow({ erasure }: { erasure: WireErasure }) {
  const { asked, events, pending } = erasure;
  return (
    <li>
      <p>
        <time dateTime={asked}>{formatMoment(asked)}</time>: {countOf(events, "event")}{" "}
        <span class="quiet">
          {pending.length === 0
            ? "erased"
            : `erased, but not in ${countOf(pending.length, "place")}`}
        </span>
      </p>
      {pending.length > 0 && (
        <ul class="place-list">
          {pending.map(({ place, tried, error }) => (
            <li key={place}>
              <ForeignText class="place" text={placeWords(place)} />
              {error !== null && (
                <p>
                  <ForeignText text={error} />
                </p>
              )}
              <p class="quiet">
                {tried === null ? "Not tried yet" : `Tried ${formatMoment(tried)}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
