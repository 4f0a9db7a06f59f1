import { formatDuration } from "../format.ts";
import { clockAheadMs, countdownText, endOf, secondsLeft, shareGone } from "./time_left.ts";
import type { HeardStatus } from "./use_block_status.ts";
import { useSeconds } from "./use_seconds.ts";

interface CountdownProps {
  readonly heard: HeardStatus;
  /** When it began; `undefined`: nobody knows. */
  readonly start?: string;
}

/** What is left of a block, second by second; screen readers are told when they ask, not each second. */
export function Countdown({ heard, start }: CountdownProps) {
  // What was heard since the last second is no older than that: a new block does not begin with one too many.
  const nowMs = Math.max(useSeconds(), heard.heardMs);
  const end = endOf(heard.status);
  if (end === null) return null;
  const leftS = secondsLeft(end, nowMs, clockAheadMs(heard.status, heard.heardMs));
  if (leftS === 0) return <p class="countdown is-ending" role="timer">Ending</p>;
  const share = start === undefined ? undefined : shareGone({ start, end }, leftS);
  return (
    <>
      <p class="countdown" role="timer">
        <span aria-hidden="true">{countdownText(leftS)}</span>
        <span class="only-heard">{formatDuration(leftS)} left</span>
      </p>
      {share !== undefined && (
        <div
          class="countdown-bar"
          role="progressbar"
          aria-label="Gone by"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(share * 100)}
        >
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </>
  );
}
