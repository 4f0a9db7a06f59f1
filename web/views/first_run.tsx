import { ClassMark } from "../components/class_mark.tsx";
import { recording } from "../state.ts";
import { ExampleDay } from "./example_day.tsx";
import { NextSteps } from "./next_steps.tsx";
import { WhatHelps } from "./what_helps.tsx";

const WORDS = {
  on: {
    heading: "Your day starts here",
    lead:
      "ProdTracker is watching which window has the focus. Switch to another window: within a few seconds it appears on this page.",
  },
  unknown: {
    heading: "Your day starts here",
    lead: "ProdTracker is looking for the desktop whose windows it is to watch.",
  },
  paused: {
    heading: "Ready, but paused",
    lead: "Nothing is being recorded now, as you asked.",
  },
  off: {
    heading: "Ready, but not recording",
    lead: "No window tracker is running, so nothing is being recorded on this machine.",
  },
} as const;

/** What a new installation shows instead of empty charts. */
export function FirstRun() {
  const { heading, lead } = WORDS[recording.value];
  return (
    <div class="first-run">
      <h1>{heading}</h1>
      <p class="lead">
        {lead} <WhatHelps />
      </p>
      <div class="first-run-columns">
        <section aria-labelledby="first-run-see">
          <h2 id="first-run-see">What you will see</h2>
          <ExampleDay />
          <dl class="first-run-list">
            <dt>
              <ClassMark kind="signal" />
            </dt>
            <dd>Time in the programs you work with: editors, documents, meetings.</dd>
            <dt>
              <ClassMark kind="noise" />
            </dt>
            <dd>Time that pulls you away: videos, feeds, games.</dd>
            <dt>
              <ClassMark kind="neutral" />
            </dt>
            <dd>Everything a rule has no opinion on yet.</dd>
            <dt>
              <ClassMark kind="afk" />
            </dt>
            <dd>Time without keyboard or mouse, counted from your last input.</dd>
          </dl>
        </section>
        <NextSteps />
      </div>
    </div>
  );
}
