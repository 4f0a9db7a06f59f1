import type { Api } from "../api.ts";
import { TopPanel } from "./top_panel.tsx";

interface TopsProps {
  readonly api: Api;
  readonly date: string;
  readonly isToday: boolean;
}

/** What took the most of the day. */
export function Tops(props: TopsProps) {
  return (
    <div class="tops whole">
      <TopPanel {...props} heading="Programs" by="app" />
      <TopPanel {...props} heading="Titles" by="title" />
      <TopPanel {...props} heading="Categories" by="category" />
    </div>
  );
}
