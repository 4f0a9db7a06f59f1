import { ForeignText } from "../components/foreign_text.tsx";
import type { WireFocus } from "../wire.ts";
import { Since } from "./since.tsx";

interface AwayNowProps {
  readonly since: string | null;
  readonly focus: WireFocus | null;
}

/** That nobody is there, since when, and what was left in front. */
export function AwayNow({ since, focus }: AwayNowProps) {
  return (
    <>
      <p class="now-app">Away</p>
      <p class="now-title">
        {focus !== null && (
          <>
            <span class="quiet">left at</span>{" "}
            <ForeignText text={focus.app ?? focus.title ?? "an unknown program"} />
          </>
        )}
      </p>
      <p class="now-facts">{since !== null && <Since iso={since} />}</p>
    </>
  );
}
