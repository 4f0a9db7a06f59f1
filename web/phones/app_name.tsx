import { ForeignText } from "../components/foreign_text.tsx";
import type { WirePhoneApp } from "./wire.ts";

/** An app as people call it, with what the phone calls it where that is another word. */
export function AppName({ app: { app, name } }: { app: Pick<WirePhoneApp, "app" | "name"> }) {
  if (app === null) return <span class="quiet">Not named by the phone</span>;
  return (
    <span class="app-name">
      <ForeignText text={name ?? app} />
      {name !== null && name !== app && (
        <>
          {" "}
          <ForeignText class="quiet app-id" text={app} />
        </>
      )}
    </span>
  );
}
