import type { ActivityClass } from "../../daemon/core/types.ts";
import { ClassGlyph } from "../components/class_mark.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { clip, formatDuration, withoutControls } from "../format.ts";
import { setQuery } from "../router.ts";
import { CLASS_WORDS } from "../words.ts";
import { windowQuery } from "./rule_draft.ts";
import { counted } from "./rule_words.ts";
import type { WireUncategorised } from "./wire.ts";

type Item = WireUncategorised["items"][number];

const CLASSES: readonly ActivityClass[] = ["signal", "noise", "neutral"];
const SPOKEN_LIMIT = 80;

/** A title, or a program or site, and the classes that it could be given; what has no name no rule can find. */
export function UncategorisedRow({ item }: { item: Item }) {
  const { app, title, host, subjects, seconds } = item;
  const name = title ?? host ?? app ?? "";
  const place = title === null ? (host === null ? undefined : app) : host ?? app;
  const spoken = withoutControls(clip(name, SPOKEN_LIMIT));
  const open = (cls: ActivityClass) => setQuery(windowQuery(subjectOf(item), cls));
  return (
    <li class="uncategorised-row">
      <div class="uncategorised-what">
        {name ? <ForeignText text={name} class="cut" /> : <span class="quiet">Without a name</span>}
        <span class="quiet uncategorised-place">
          {place && <ForeignText text={place} />}
          {title === null && <span>{counted(subjects, "title")}</span>}
        </span>
      </div>
      <span class="uncategorised-time">{formatDuration(seconds)}</span>
      {name && (
        <div class="uncategorised-classes" role="group" aria-label={`What is ${spoken}?`}>
          {CLASSES.map((cls) => (
            <button
              key={cls}
              type="button"
              class={`second mark-${cls}`}
              aria-label={`${CLASS_WORDS[cls]}: ${spoken}`}
              aria-haspopup="dialog"
              onClick={() => open(cls)}
            >
              <ClassGlyph kind={cls} />
              {CLASS_WORDS[cls]}
            </button>
          ))}
        </div>
      )}
    </li>
  );
}

/** What a rule is made of: a place's rule is by the site where there is one, not by the program that showed it. */
function subjectOf({ app, title, url, host }: Item) {
  return title === null && host !== null
    ? { app: null, title: null, url: `https://${host}/` }
    : { app, title, url };
}
