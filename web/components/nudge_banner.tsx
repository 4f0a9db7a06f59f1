import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { withoutControls } from "../format.ts";
import { moreWords, type NudgeView, nudgeView } from "../nudge.ts";
import { answerNudge, endSnooze, type NudgeAnswer } from "../nudge_answers.ts";
import { connection, loopNow, nowMs } from "../state.ts";
import { ForeignText } from "./foreign_text.tsx";

/** How long it is said that somebody has just blocked: until the page's clock is that far on. */
const SAY_BLOCKED_MS = 20_000;

type Nudge = Extract<NudgeView, { kind: "nudge" }>;

/**
 * What the loop has to say, above whichever view is shown, and the answers to it. It never takes the focus.
 *
 * The two places that screen readers listen to are always there: what appears together with its place is not heard.
 */
export function NudgeBanner({ api }: { api: Api }) {
  const box = useRef<HTMLDivElement>(null);
  const isBusy = useSignal(false);
  const problem = useSignal<{ readonly of: string; readonly text: string } | undefined>(undefined);
  const blockedMs = useSignal(-Infinity);

  const isThere = connection.value !== "offline" && connection.value !== "locked";
  const view = isThere ? nudgeView(loopNow.value, nowMs.value) : undefined;
  const nudge = view?.kind === "nudge" ? view : undefined;
  const key = nudge ? String(nudge.id) : view?.kind ?? "";
  const isJustBlocked = isThere && !nudge && nowMs.value - blockedMs.value < SAY_BLOCKED_MS;

  const doing = async (work: () => Promise<string | undefined>): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = undefined;
    const hadFocus = box.current?.contains(document.activeElement) ?? false;
    const text = await work();
    isBusy.value = false;
    if (text !== undefined) problem.value = { of: key, text };
    // The button is gone: whoever goes by keyboard goes on from where it was.
    else if (hadFocus) document.getElementById("main")?.focus({ preventScroll: true });
    return text === undefined;
  };
  const answer = async (id: number, answer: NudgeAnswer) => {
    const isDone = await doing(() => answerNudge(api, id, answer));
    if (isDone && answer.answer === "block") blockedMs.value = Date.now();
  };

  return (
    <div
      ref={box}
      class={nudge ? `nudge nudge-${nudge.step}` : view || isJustBlocked ? "nudge-line" : undefined}
      role={nudge ? "region" : undefined}
      aria-label={nudge ? "Nudge" : undefined}
    >
      <div class="nudge-sayings">
        <div role="status">
          {nudge && nudge.step !== "stronger" && <Saying nudge={nudge} />}
          {isJustBlocked && (
            <p>
              Blocked. <code>prodtracker block off</code> ends it.
            </p>
          )}
          {!isJustBlocked && view?.kind === "held" && (
            <p>
              Nudges held back: <ForeignText text={view.by} />
            </p>
          )}
          {view?.kind === "snoozed" && <p>Nudges snoozed until {view.until}</p>}
        </div>
        <div role="alert">{nudge?.step === "stronger" && <Saying nudge={nudge} />}</div>
      </div>
      {nudge && (
        <Answers
          nudge={nudge}
          isBusy={isBusy.value}
          onAnswer={(chosen) => answer(nudge.id, chosen)}
        />
      )}
      {view?.kind === "snoozed" && (
        <>
          <span aria-hidden="true">·</span>
          <button
            type="button"
            class="plain"
            aria-label="end the snooze"
            onClick={() => doing(() => endSnooze(api))}
          >
            end
          </button>
        </>
      )}
      <p class="nudge-problem" role="alert">
        {problem.value?.of === key && key !== "" && withoutControls(problem.value.text)}
      </p>
    </div>
  );
}

interface AnswersProps {
  readonly nudge: Nudge;
  /** An answer is on its way. */
  readonly isBusy: boolean;
  readonly onAnswer: (answer: NudgeAnswer) => void;
}

function Answers({ nudge: { moreMinutes, canBlock }, isBusy, onAnswer }: AnswersProps) {
  return (
    // Not disabled meanwhile: a button that is loses the focus.
    <div class={isBusy ? "nudge-answers is-busy" : "nudge-answers"} aria-busy={isBusy}>
      {moreMinutes !== undefined && (
        <button
          type="button"
          class="second"
          onClick={() => onAnswer({ answer: "snooze", minutes: moreMinutes })}
        >
          {moreWords(moreMinutes)}
        </button>
      )}
      {canBlock && (
        <button type="button" onClick={() => onAnswer({ answer: "block" })}>Block now</button>
      )}
      <button type="button" class="plain" onClick={() => onAnswer({ answer: "dismiss" })}>
        Dismiss
      </button>
    </div>
  );
}

function Saying({ nudge: { before, explanation, question } }: { nudge: Nudge }) {
  return (
    <>
      <p class="nudge-what">
        {before}
        <ForeignText text={explanation} />
      </p>
      <p class="nudge-question">{question}</p>
    </>
  );
}
