import { ForeignText } from "../../components/foreign_text.tsx";
import type { WireErasurePreview } from "../privacy_wire.ts";
import { CopiesNotReached } from "./copies_not_reached.tsx";
import { besidesWords, goesWords } from "./words.ts";

interface EraseFactsProps {
  readonly facts: WireErasurePreview;
  /** Events are told otherwise rather than taken away. */
  readonly isChange: boolean;
}

/** What an erasing would take away, what happens besides, and what it would not reach. */
export function EraseFacts({ facts, isChange }: EraseFactsProps) {
  const goes = goesWords(facts);
  const there = facts.not_reached.filter(({ there }) => there !== false);
  return (
    <div class="erase-facts">
      {goes.length === 0 ? <p>Nothing that is recorded fits.</p> : (
        <>
          <p>{isChange ? "This is changed or taken away:" : "This will be gone:"}</p>
          <ul class="erase-goes">
            {goes.map((words) => (
              <li key={words}>
                <strong>{words}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
      {besidesWords(facts).map((words) => <p key={words}>{words}</p>)}
      {facts.set_aside.length > 0 && (
        <>
          <p>These files, set aside when something was damaged, are removed:</p>
          <ul class="path-list">
            {facts.set_aside.map((path) => (
              <li key={path}>
                <ForeignText text={path} />
              </li>
            ))}
          </ul>
        </>
      )}
      {there.length > 0 && (
        <>
          <p>
            <strong>Not reached</strong>, as you had them made elsewhere; delete them yourself:
          </p>
          <CopiesNotReached copies={there} />
        </>
      )}
    </div>
  );
}
