import type { Channel, WireChannels } from "../../wire.ts";
import { CHANNEL_WORDS } from "./words.ts";

interface ChannelChoiceProps {
  readonly value: readonly Channel[];
  readonly onChange: (channels: Channel[]) => void;
  /** What is set up; `undefined`: not known, so that all may be chosen. */
  readonly channels: WireChannels | undefined;
}

const CHANNELS: readonly Channel[] = ["email", "sms"];

/** By which ways something is sent. One that is not set up says so, and may be taken away. */
export function ChannelChoice({ value, onChange, channels }: ChannelChoiceProps) {
  return (
    <fieldset class="choices">
      <legend>By</legend>
      {CHANNELS.map((channel) => {
        const isReady = channels?.[channel].ready ?? true;
        const isChosen = value.includes(channel);
        return (
          <label key={channel}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={!isReady && !isChosen}
              onChange={(event: Event & { currentTarget: HTMLInputElement }) => {
                const { checked } = event.currentTarget;
                onChange(
                  CHANNELS.filter((each) => each === channel ? checked : value.includes(each)),
                );
              }}
            />
            {CHANNEL_WORDS[channel]}
            {!isReady && <span class="quiet hint">not set up</span>}
          </label>
        );
      })}
    </fieldset>
  );
}
