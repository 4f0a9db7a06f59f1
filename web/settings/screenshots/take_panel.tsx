import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import { countOf } from "../erase/words.ts";
import { picturesTaken } from "./taken.ts";
import type { WireScreenshots } from "./wire.ts";

const DELAY_S = 5;

/** Takes a screenshot, at once or when somebody has had time to put another window in front. */
export function TakePanel({ api }: { api: Api }) {
  const leftS = useSignal<number | undefined>(undefined);
  const write = useWrite();
  const take = async () => {
    const done = await write.run(
      () => api.send<WireScreenshots>("POST", "/screenshots", {}),
      ({ screenshots }) => `Took ${countOf(screenshots.length, "screenshot")}.`,
    );
    if (done !== undefined) picturesTaken.value++;
  };
  const isWaiting = leftS.value !== undefined;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => {
      const left = leftS.peek();
      if (left === undefined) return;
      leftS.value = left > 1 ? left - 1 : undefined;
      if (left <= 1) take();
    }, 1_000);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return (
    <Panel heading="Take one">
      <p class="quiet privacy-lead">
        One of each screen. None is taken while a window can be seen that a privacy rule hides, or
        that may be a private one of a browser; while the screen is locked; or while recording is
        paused.
      </p>
      <div class="actions">
        <button type="button" disabled={write.isBusy || isWaiting} onClick={take}>
          Take one now
        </button>
        {isWaiting
          ? (
            <button type="button" class="second" onClick={() => leftS.value = undefined}>
              Cancel ({leftS.value} s)
            </button>
          )
          : (
            <button
              type="button"
              class="second"
              disabled={write.isBusy}
              onClick={() => leftS.value = DELAY_S}
            >
              In {DELAY_S} seconds
            </button>
          )}
        {write.isBusy && <span class="quiet" role="status">Looking at the screen…</span>}
      </div>
      <Problem of={plainly(write.problem)} doing="take a screenshot" />
    </Panel>
  );
}

/** Without what the sentence before it says. */
function plainly(error: Error | undefined): Error | undefined {
  if (error === undefined) return undefined;
  const prefix = "Cannot take a screenshot: ";
  if (!error.message.startsWith(prefix)) return error;
  const reason = error.message.slice(prefix.length);
  return new Error(reason.charAt(0).toUpperCase() + reason.slice(1));
}
