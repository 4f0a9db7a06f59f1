import { ForeignText } from "../../components/foreign_text.tsx";
import { told } from "../state.ts";
import { toldWords } from "../told_words.ts";

/** What became of the summary that was to be sent; screen readers hear it change. */
export function ToldList() {
  const now = told.value;
  return (
    <div class="told" role="status">
      {now?.is === "sending" && <p class="quiet">Sending the summary…</p>}
      {now?.is === "refused" && (
        <p>
          The summary is not sent: <ForeignText text={now.reason} />
        </p>
      )}
      {now?.is === "told" && now.messages.map((message) => (
        <p key={message.id}>
          <ForeignText text={toldWords(message)} />
        </p>
      ))}
    </div>
  );
}
