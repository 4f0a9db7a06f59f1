/**
 * Charts on paper: a canvas is printed as it stands, so that it is drawn in paper's colours and width just before.
 * @module
 */

/** What stands on paper is in light colours, which the style sheet gives while this is set. */
const MARK = "data-paper";
/** What A4 and letter hold between a browser's own margins. */
export const PAPER_WIDTH_PX = 680;

type Draw = () => void;
const drawn = new Set<Draw>();

if (typeof addEventListener === "function" && typeof document === "object") {
  const setPaper = (isPaper: boolean) => {
    document.documentElement.toggleAttribute(MARK, isPaper);
    for (const draw of drawn) draw();
  };
  addEventListener("beforeprint", () => setPaper(true));
  addEventListener("afterprint", () => setPaper(false));
}

/** Whether the page is being printed. */
export function isOnPaper(): boolean {
  return typeof document === "object" && document.documentElement.hasAttribute(MARK);
}

/** Calls `draw` before the page is printed, and after; the result ends that. */
export function onPaper(draw: Draw): () => void {
  drawn.add(draw);
  return () => void drawn.delete(draw);
}
