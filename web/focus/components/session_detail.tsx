import { useMemo } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import type { WireFocusDetail } from "../../wire.ts";
import { FocusedOnTable } from "./focused_on_table.tsx";
import { MinuteStrip } from "./minute_strip.tsx";

interface SessionDetailProps {
  readonly api: Api;
  readonly id: number;
  /** When it began, for who hears the page. */
  readonly when: string;
}

/** A session minute by minute, and on what. */
export function SessionDetail({ api, id, when }: SessionDetailProps) {
  const { data, problem, again } = useRead<WireFocusDetail>(api, `/focus/sessions/${id}`);
  const minutes = useMemo(() => data ? minutesOf(data) : [], [data]);
  return (
    <>
      <Problem of={problem} doing="read this session" again={again} />
      {data === undefined && problem === undefined && <p class="quiet slow-to-appear">Reading…</p>}
      <MinuteStrip minutes={minutes} when={when} />
      {data && <FocusedOnTable on={data} when={when} />}
    </>
  );
}

function minutesOf({ minutes }: WireFocusDetail) {
  return minutes.map((minute) => ({
    startMs: Date.parse(minute.start),
    focusedMs: minute.focused_seconds * 1_000,
    unfocusedMs: minute.unfocused_seconds * 1_000,
    noFaceMs: minute.no_face_seconds * 1_000,
    uncertainMs: minute.uncertain_seconds * 1_000,
  }));
}
