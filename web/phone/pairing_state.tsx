/** Pairs the phone that has opened the page, by the code that came with it, and says how that went. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

type State = "pairing" | "paired" | "refused" | "unreachable";

const WORDS: Record<State, string> = {
  pairing: "Pairing…",
  paired: "This phone is paired. One of the recipes below makes it tell what it does.",
  refused:
    "This code has run out, or was used already: make a new one on the computer, and scan that.",
  unreachable: "The computer does not answer. Is this phone in the same network?",
};

export function PairingState({ deviceId, code }: { deviceId: string; code: string }) {
  const state = useSignal<State>("pairing");
  const pair = async () => {
    state.value = "pairing";
    state.value = await take(deviceId, code);
  };
  useEffect(() => void pair(), []);
  return (
    <div class={`notice pairing-${state.value}`}>
      <p role="status">{WORDS[state.value]}</p>
      {state.value === "unreachable" && <button type="button" onClick={pair}>Try again</button>}
    </div>
  );
}

async function take(deviceId: string, code: string): Promise<State> {
  try {
    const response = await fetch("/phone/offer/take", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ device_id: deviceId, code }),
      credentials: "omit",
    });
    await response.body?.cancel();
    if (response.ok) return "paired";
    return response.status === 401 ? "refused" : "unreachable";
  } catch {
    return "unreachable";
  }
}
