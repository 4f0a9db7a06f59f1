interface SaveBarProps {
  readonly isBusy: boolean;
  /** How many fields have something wrong. */
  readonly problems: number;
  readonly onDiscard: () => void;
}

/** At the foot of the window while something is changed and not saved. */
export function SaveBar({ isBusy, problems, onDiscard }: SaveBarProps) {
  return (
    <div class="save-bar">
      <span role="status">
        {problems === 0
          ? "You have changes that are not saved."
          : problems === 1
          ? "One field has to be mended before this can be saved."
          : `${problems} fields have to be mended before this can be saved.`}
      </span>
      <span class="actions">
        <button type="submit" aria-disabled={isBusy || undefined} disabled={problems > 0}>
          Save
        </button>
        <button
          type="button"
          class="second"
          aria-disabled={isBusy || undefined}
          onClick={onDiscard}
        >
          Discard
        </button>
      </span>
    </div>
  );
}
