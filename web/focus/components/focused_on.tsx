import type { Api } from "../../api.ts";
import { Problem } from "../../components/problem.tsx";
import { token } from "../../state.ts";
import { useRead } from "../../use_read.ts";
import type { WireFocusDetail } from "../../wire.ts";
import { FocusedOnTable } from "./focused_on_table.tsx";

/** What was in front while the person looked at the screen in one session; for who is signed in. */
export function FocusedOn({ api, id }: { api: Api; id: number }) {
  const isIn = token.value !== undefined;
  const path = isIn ? `/focus/sessions/${id}` : undefined;
  const { data, problem, again } = useRead<WireFocusDetail>(api, path);
  if (!isIn) return <p class="quiet">Sign in to see which programs you were focused on.</p>;
  return (
    <>
      <Problem of={problem} doing="read what you were focused on" again={again} />
      {data && <FocusedOnTable on={data} />}
    </>
  );
}
