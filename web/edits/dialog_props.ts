import type { Span } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import type { Selection } from "./selection.ts";

/** What each of the dialogs is given. */
export interface EditDialogProps {
  readonly api: Api;
  readonly day: Span;
  /** What was chosen before it was opened. */
  readonly selection: Selection | undefined;
  readonly onClose: () => void;
  /** It was saved. */
  readonly onDone: () => void;
}
