import type { Channel } from "../../wire.ts";
import { change, channels, isUnderWay, settings, wishProblem } from "../state.ts";
import { Check } from "./check.tsx";

/** By which ways the summary comes when a session ends; what cannot be says why, and where that is mended. */
export function SendSettings() {
  const { isMailWished, isSmsWished } = settings.value;
  return (
    <fieldset>
      <legend>When it ends</legend>
      <Way
        channel="email"
        label="E-mail me the summary"
        isOn={isMailWished}
        onChange={(isMailWished) => change({ isMailWished })}
      />
      <Way
        channel="sms"
        label="SMS me the summary"
        isOn={isSmsWished}
        onChange={(isSmsWished) => change({ isSmsWished })}
      />
      {channels.value === "unknown" && (
        <p class="quiet hint">The daemon does not say whether it can send. Are you signed in?</p>
      )}
      {isUnderWay.value && wishProblem.value && (
        <p class="hint" role="status">Not noted: {wishProblem.value}</p>
      )}
    </fieldset>
  );
}

interface WayProps {
  readonly channel: Channel;
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Way({ channel, label, isOn, onChange }: WayProps) {
  const ways = typeof channels.value === "object" ? channels.value : undefined;
  const hindrance = ways?.[channel].hindrance;
  const id = `send-${channel}-hint`;
  const isReady = ways?.[channel].ready ?? false;
  return (
    <>
      <Check
        label={label}
        isOn={isOn && isReady}
        isDisabled={!isReady}
        describedBy={hindrance ? id : undefined}
        onChange={onChange}
      />
      {hindrance && <p id={id} class="quiet hint">{hindrance}</p>}
    </>
  );
}
