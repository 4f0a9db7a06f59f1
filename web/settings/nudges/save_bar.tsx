interface SaveBarProps {
  readonly isBusy: boolean;
  /** How many fields have something wrong. */
  readonly problems: number;
  /** By another window, or on the terminal. */
  readonly isChangedElsewhere: boolean;
  readonly onDiscard: () => void;
}

/** At the foot of the window while something is changed and not saved. */
export function SaveBar({ isBusy, problems, isChangedElsewhere, onDiscard }: SaveBarProps) {
  return (
    <div class="save-bar">
      <span role="status">
        {problems === 0
          ? "You have changes that are not saved."
          : problems === 1
          ? "One field has to be mended before this can be saved."
          : `${problems} fields have to be mended before this can be saved.`}
        {isChangedElsewhere && " It was changed elsewhere meanwhile: saving replaces that."}
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
