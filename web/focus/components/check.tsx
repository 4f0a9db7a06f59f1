interface CheckProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  /** The id of what says more. */
  readonly describedBy?: string;
  readonly onChange: (isOn: boolean) => void;
}

/** A box that is ticked or not, and its label. */
export function Check({ label, isOn, isDisabled, describedBy, onChange }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        aria-describedby={describedBy}
        onChange={(event: Event) => onChange((event.currentTarget as HTMLInputElement).checked)}
      />
      {label}
    </label>
  );
}
