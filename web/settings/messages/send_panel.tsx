import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { toldWords } from "../../focus/told_words.ts";
import { day } from "../../state.ts";
import { useWrite } from "../../use_write.ts";
import type { Channel, WireChannels } from "../../wire.ts";
import type { SummaryPeriod, WireSent } from "../settings_wire.ts";
import { ChannelChoice } from "./channel_choice.tsx";
import { PeriodSelect } from "./period_select.tsx";

interface SendPanelProps {
  readonly api: Api;
  readonly channels: WireChannels | undefined;
}

/** A summary now, of any day, week or month. */
export function SendPanel({ api, channels }: SendPanelProps) {
  const period = useSignal<SummaryPeriod>("day");
  const date = useSignal<string | undefined>(undefined);
  const chosen = useSignal<readonly Channel[] | undefined>(undefined);
  const sent = useSignal<WireSent | undefined>(undefined);
  const write = useWrite();
  const today = day.value?.date;
  const ways = chosen.value ?? (channels?.email.ready ? ["email" as const] : []);
  const send = (again: boolean) =>
    write.run(async () => {
      sent.value = undefined;
      sent.value = await api.send<WireSent>("POST", "/summary/send", {
        period: period.value,
        ...(date.value && { date: date.value }),
        ...{ email: ways.includes("email"), sms: ways.includes("sms"), again },
      });
    });
  const result = sent.value;
  /** What became of another wish says nothing of this one: "again" must be what it says. */
  const forget = () => {
    sent.value = undefined;
    write.clear();
  };
  return (
    <Panel heading="Send a summary now" isBusy={write.isBusy}>
      <form
        class="form"
        onSubmit={(event: Event) => {
          event.preventDefault();
          send(false);
        }}
      >
        <div class="form-row">
          <PeriodSelect
            value={period.value}
            onChange={(value) => {
              period.value = value;
              forget();
            }}
          />
          <Field label={period.value === "day" ? "Which" : "A day in it"}>
            <input
              type="date"
              max={today}
              value={date.value ?? today}
              onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) => {
                date.value = event.currentTarget.value || undefined;
                forget();
              }}
            />
          </Field>
        </div>
        <ChannelChoice
          value={ways}
          channels={channels}
          onChange={(value) => {
            chosen.value = value;
            forget();
          }}
        />
        <div class="actions">
          <button
            type="submit"
            aria-disabled={write.isBusy || undefined}
            disabled={ways.length === 0}
          >
            Send
          </button>
          {result?.already && (
            <button
              type="button"
              class="second"
              aria-disabled={write.isBusy || undefined}
              onClick={() => send(true)}
            >
              Send it again
            </button>
          )}
        </div>
      </form>
      <div role="status" class="sent">
        {write.isBusy && <p class="quiet">Sending…</p>}
        {result?.already && <p>This was sent before: nothing is sent twice unless you ask.</p>}
        {result?.messages.map((message) => (
          <p key={message.id}>
            <ForeignText text={toldWords(message)} />
          </p>
        ))}
      </div>
      <Problem of={write.problem} doing="send it" />
    </Panel>
  );
}
