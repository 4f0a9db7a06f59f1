import { formatBytes } from "../moments.ts";
import { sentWords } from "./transfer.ts";

interface TransferProgressProps {
  /** What is done: "Importing". */
  readonly label: string;
  readonly bytes: number;
  /** `undefined`: nobody knows how much there will be. */
  readonly total?: number;
}

/** How much of a file has come or gone. It is not read out by itself: it changes all the time. */
export function TransferProgress({ label, bytes, total }: TransferProgressProps) {
  // What is sent is not stored yet: nobody knows how long that takes.
  const isCounted = total !== undefined && bytes < total;
  return (
    <div class="transfer">
      <progress
        aria-label={label}
        {...(isCounted && { value: bytes, max: total })}
      />
      <p class="quiet number">
        {total === undefined ? `${formatBytes(bytes)} so far` : sentWords(bytes, total)}
      </p>
    </div>
  );
}
