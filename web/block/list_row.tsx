import { ForeignText } from "../components/foreign_text.tsx";
import type { WireList } from "./wire.ts";
import { countWords, listTitle } from "./words.ts";

interface ListRowProps {
  readonly list: WireList;
  readonly note: string | undefined;
  readonly onShow: () => void;
  readonly onRemove: () => void;
}

/** A list: how many names, where from. */
export function ListRow({ list, note, onShow, onRemove }: ListRowProps) {
  const { name, kind, count, path } = list;
  const title = listTitle(name);
  return (
    <li class="list-row">
      <div class="list-what">
        <strong>
          <ForeignText text={title} />
        </strong>{" "}
        <span class="quiet">
          {countWords(count, "site")}, {path === null ? "built in" : <ForeignText text={path} />}
        </span>
        {note !== undefined && (
          <p class="field-problem">
            <ForeignText text={note} />
          </p>
        )}
      </div>
      <div class="actions">
        <button type="button" class="plain" aria-label={`Show ${title}`} onClick={onShow}>
          Show
        </button>
        {kind === "file" && (
          <button type="button" class="plain" aria-label={`Remove ${title}`} onClick={onRemove}>
            Remove
          </button>
        )}
      </div>
    </li>
  );
}
