import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Problem } from "../../components/problem.tsx";
import { useWrite } from "../../use_write.ts";
import type { WireErasure, WireErasurePreview, WireErasures } from "../privacy_wire.ts";
import { usePosted } from "../use_posted.ts";
import { EraseFacts } from "./erase_facts.tsx";
import { awaitErasing, erasingsDone } from "./live.ts";
import type { WireWish } from "./wish.ts";
import { countOf, formatCount } from "./words.ts";

interface EraseDialogProps {
  readonly api: Api;
  readonly title: string;
  /** What is to be erased; `undefined`: the dialog is closed. */
  readonly wish: WireWish | undefined;
  readonly onClose: () => void;
}

/** What has to be typed before everything goes. */
const TYPED = "erase all";

/** Says what an erasing would come to, and begins it when that is wanted. */
export function EraseDialog({ api, title, wish, onClose }: EraseDialogProps) {
  const typed = useSignal("");
  const write = useWrite();
  const facts = usePosted<WireErasurePreview>(
    api,
    "/erasures",
    wish && { ...wish, dry_run: true },
    { waitMs: 0 },
  );
  useEffect(() => {
    typed.value = "";
    write.clear();
  }, [wish === undefined]);
  if (wish === undefined) return null;
  const isAll = wish.all === true;
  const isSure = !isAll || typed.value.trim().toLowerCase() === TYPED;
  const known = facts.isReading ? undefined : facts.data;
  const begin = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!isSure || known === undefined) return;
    const said = await write.run(() => erase(api, wish), (said) => said);
    if (said === undefined) return;
    erasingsDone.value++;
    onClose();
  };
  return (
    <Dialog title={title} isOpen onClose={onClose} class="erase-dialog">
      {known === undefined && facts.problem === undefined &&
        <p class="quiet">Looking at what it would come to…</p>}
      <Problem of={facts.problem} doing="say what it would come to" />
      {known !== undefined && (
        <form class="erase-confirm" onSubmit={begin}>
          <EraseFacts facts={known} isChange={wish.privacy === true} />
          <p>
            <strong>It cannot be undone.</strong>
          </p>
          {isAll && (
            <Field label={`Type “${TYPED}” to go on`}>
              <input
                type="text"
                autocomplete="off"
                spellcheck={false}
                value={typed.value}
                onInput={(event: Event & { readonly currentTarget: HTMLInputElement }) =>
                  typed.value = event.currentTarget.value}
              />
            </Field>
          )}
          <div class="actions">
            <button type="submit" class="danger" disabled={!isSure || write.isBusy}>
              {buttonWords(wish, known)}
            </button>
            <button type="button" class="second" onClick={onClose}>Keep it all</button>
          </div>
          {write.isBusy && <p class="quiet" role="status">Erasing…</p>}
          <Problem of={write.problem} doing="erase it" />
        </form>
      )}
    </Dialog>
  );
}

function buttonWords(wish: WireWish, { events }: WireErasurePreview): string {
  if (wish.privacy) return `Change ${countOf(events, "event")} for good`;
  if (wish.all) return "Erase everything";
  return events > 0 ? `Erase ${countOf(events, "event")} for good` : "Erase it all the same";
}

/** Begins; says how it went, or that it goes on. */
async function erase(api: Api, wish: WireWish): Promise<string> {
  const begun = await api.send<WireErasure>("POST", "/erasures", wish);
  const what = wish.privacy ? "Changed" : "Erased";
  if (begun.done !== null && begun.pending.length === 0) {
    return `${what} ${countOf(begun.events, "event")}, in the copies too.`;
  }
  const { running, erasures } = await api.get<WireErasures>("/erasures");
  const now = erasures.find(({ id }) => id === begun.id) ?? begun;
  if (running !== null && now.done === null) {
    awaitErasing(begun.id);
    return "Erasing has begun; how far it is stands on this page.";
  }
  if (now.pending.length === 0) return `${what} ${countOf(now.events, "event")}.`;
  return `${what} ${countOf(now.events, "event")}; ` +
    `${formatCount(now.pending.length)} of the places could not be reached yet.`;
}
