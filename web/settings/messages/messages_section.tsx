import type { Api } from "../../api.ts";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import type { WireChannels } from "../../wire.ts";
import { ChannelPanel } from "./channel_panel.tsx";
import { OutboxPanel } from "./outbox_panel.tsx";
import { SchedulesPanel } from "./schedules_panel.tsx";
import { SendPanel } from "./send_panel.tsx";

/** Mail and SMS: whether they work, what is sent when, and what became of it. */
export function MessagesSection({ api }: { api: Api }) {
  const { data, problem, again } = useRead<WireChannels>(api, "/messages/channels");
  return (
    <div class="page two-columns">
      <Problem of={problem} doing="read what is set up" again={again} />
      <ChannelPanel api={api} channel="email" state={data?.email} />
      <ChannelPanel api={api} channel="sms" state={data?.sms} />
      <SendPanel api={api} channels={data} />
      <SchedulesPanel api={api} channels={data} />
      <div class="whole">
        <OutboxPanel api={api} />
      </div>
    </div>
  );
}
