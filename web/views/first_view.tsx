import type { Api } from "../api.ts";
import { firstRun, hasData } from "../state.ts";
import { TodayView } from "../today/today_view.tsx";
import { FirstRun } from "./first_run.tsx";
import { Waiting } from "./waiting.tsx";

/** The first page: the day, what a new installation shows in its place, or that it is on its way. */
export function FirstView({ api }: { api: Api }) {
  if (!hasData.value) return <Waiting />;
  return firstRun.value ? <FirstRun /> : <TodayView api={api} />;
}
