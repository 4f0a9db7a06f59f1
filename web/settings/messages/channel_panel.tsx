import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import type { Channel, WireChannels } from "../../wire.ts";
import { CheckList } from "../check_list.tsx";
import type { WireCheck, WireChecks } from "../settings_wire.ts";
import { StatusMark } from "../status_mark.tsx";
import { SetupHelp } from "./setup_help.tsx";
import { CHANNEL_WORDS, hindranceWords } from "./words.ts";

interface ChannelPanelProps {
  readonly api: Api;
  readonly channel: Channel;
  /** `undefined`: not read yet. */
  readonly state: WireChannels[Channel] | undefined;
}

/** Whether a channel can be used, what is missing, and a real test. */
export function ChannelPanel({ api, channel, state }: ChannelPanelProps) {
  const found = useSignal<readonly WireCheck[] | undefined>(undefined);
  const write = useWrite();
  const name = CHANNEL_WORDS[channel];
  const test = () =>
    write.run(async () => {
      found.value = undefined;
      const { checks } = await api.send<WireChecks>("POST", "/messages/test", { channel });
      found.value = checks;
    });
  return (
    <Panel heading={name} isBusy={write.isBusy}>
      {state === undefined ? <p class="quiet">Reading…</p> : (
        <p class="channel-state">
          <StatusMark
            mark={state.ready ? "ok" : "off"}
            word={state.ready ? "Set up" : "Not set up"}
          />
          {state.hindrance && <span>{hindranceWords(state.hindrance)}.</span>}
        </p>
      )}
      {state?.ready && (
        <div class="actions">
          <button
            type="button"
            class="second"
            aria-disabled={write.isBusy || undefined}
            onClick={test}
          >
            {channel === "email" ? "Send a test mail" : "Send a test SMS"}
          </button>
          {channel === "sms" && <span class="quiet hint">It costs what an SMS costs.</span>}
        </div>
      )}
      <div role="status">
        {write.isBusy && <p class="quiet">Logging in and sending; this may take some seconds…</p>}
        {found.value && <CheckList checks={found.value} />}
      </div>
      <Problem of={write.problem} doing="send a test" />
      {state && !state.ready && <SetupHelp channel={channel} />}
    </Panel>
  );
}
