import { ClassMark } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { nowMs } from "../state.ts";
import type { WirePhone } from "./wire.ts";
import { phoneState } from "./words.ts";

/** What a phone does now, or since when nothing was heard of it. */
export function DeviceState({ phone }: { phone: WirePhone }) {
  const state = phoneState(phone, nowMs.value);
  if (state.is === "on") {
    return (
      <p class="phone-state">
        <span class="phone-app">
          {state.app === undefined ? "In use" : <ForeignText text={state.app} />}
        </span>{" "}
        <ClassMark kind={state.class} />
      </p>
    );
  }
  return (
    <p class="phone-state quiet">
      {state.is === "off" && "Screen off"}
      {state.is === "silent" && (
        <>
          Last seen <time dateTime={phone.last?.at}>{state.ago}</time> ago
        </>
      )}
      {state.is === "never" && "Paired, but not heard of yet"}
      {state.is === "revoked" && "Its secret was taken away; what it told stays"}
    </p>
  );
}
