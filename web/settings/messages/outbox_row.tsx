import { ForeignText } from "../../components/foreign_text.tsx";
import type { WireMessage } from "../../wire.ts";
import { formatMoment } from "../moments.ts";
import { StatusMark } from "../status_mark.tsx";
import { CHANNEL_WORDS, stateOf, topicWords } from "./words.ts";

/** One message: what it tells, to whom, how far it is, and why not further. */
export function OutboxRow({ message }: { message: WireMessage }) {
  const { channel, topic, recipient, state, changed, tries, next_try: next, error } = message;
  return (
    <li class="row">
      <StatusMark {...stateOf(message)} />
      <span class="row-name">
        <ForeignText text={topicWords(topic)} />
      </span>
      <span class="row-detail">
        <span>
          {CHANNEL_WORDS[channel] ?? channel} to <ForeignText text={recipient} />,{" "}
          <time dateTime={changed}>{formatMoment(changed)}</time>
          {tries > 1 && `, ${tries} tries`}
        </span>
        {state === "waiting" && next && <span>Tried again at {formatMoment(next)}.</span>}
        {state === "unknown" && <span>It may have arrived, and is not sent again.</span>}
        {state !== "sent" && error && <ForeignText class="quiet" text={error} />}
      </span>
    </li>
  );
}
