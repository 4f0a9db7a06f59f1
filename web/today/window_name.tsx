import { ForeignText } from "../components/foreign_text.tsx";

interface WindowNameProps {
  readonly app: string | null;
  readonly title: string | null;
}

/** A program, large, and its title below it. */
export function WindowName({ app, title }: WindowNameProps) {
  return (
    <>
      <p class="now-app">
        <ForeignText text={app ?? title ?? "Unknown program"} />
      </p>
      <p class="now-title">{app !== null && title !== null && <ForeignText text={title} />}</p>
    </>
  );
}
