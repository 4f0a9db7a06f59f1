import { lengthOf, MIN_SECONDS, moved, type Shown, zoomed } from "./timeline_range.ts";

interface TimelineButtonsProps {
  readonly shown: Shown;
  readonly whole: number;
  /** The moment to zoom around. @default the middle */
  readonly around: number | undefined;
  readonly isFitted: boolean;
  /** `undefined`: what fits. */
  readonly onShown: (shown: Shown | undefined) => void;
}

/** Zooming and moving by buttons: what the wheel, a drag and keys do as well. */
export function TimelineButtons(props: TimelineButtonsProps) {
  const { shown, whole, around, isFitted, onShown } = props;
  const middle = (shown.from + shown.to) / 2;
  const isInside = around !== undefined && around > shown.from && around < shown.to;
  const at = isInside ? around : middle;
  const isWhole = lengthOf(shown) >= whole;
  const button = (name: string, sign: string, isOff: boolean, next: () => Shown) => (
    <button
      type="button"
      class="second step"
      aria-label={name}
      // Not `disabled`: the focus would be lost at the end of the way.
      aria-disabled={isOff}
      onClick={() => !isOff && onShown(next())}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <div class="timeline-buttons" role="group" aria-label="Part of the day">
      {button("Earlier", "‹", shown.from <= 0, () => moved(shown, -0.5, whole))}
      {button("Later", "›", shown.to >= whole, () => moved(shown, 0.5, whole))}
      {button("Zoom out", "−", isWhole, () => zoomed(shown, 2, at, whole))}
      {button(
        ...["Zoom in", "+", lengthOf(shown) <= MIN_SECONDS] as const,
        () => zoomed(shown, 0.5, at, whole),
      )}
      <button
        type="button"
        class="second"
        aria-pressed={isWhole}
        onClick={() => onShown({ from: 0, to: whole })}
      >
        Whole day
      </button>
      <button
        type="button"
        class="second"
        aria-pressed={isFitted}
        onClick={() => onShown(undefined)}
      >
        Active hours
      </button>
    </div>
  );
}
