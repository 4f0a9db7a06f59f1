/**
 * Keeps the keyboard's place when what had it goes away, or is moved: a button that has ended a block, a row that was
 * deleted or sorted anew.
 * @module
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * When something within `place` had the focus and lost it with a drawing of the component: what was moved has it again;
 * for what is gone, `place` has it where it can (`tabIndex={-1}`), else the next control there or of its panel, so that
 * the next Tab goes on from there. Nothing happens to whoever is elsewhere.
 */
export function useKeptFocus(place: RefObject<HTMLElement | null>): void {
  const last = useRef<Element>(undefined);
  useLayoutEffect(() => {
    const note = ({ type, target }: Event) => {
      const element = target instanceof Element ? target : undefined;
      const isInside = element !== undefined && place.current?.contains(element);
      // A dialog beside it gives the focus back to what it was opened from.
      if (!isInside && element?.closest("dialog")) return;
      // Who presses beside everything lets go of it.
      const focused = type === "focusin" ? element : document.activeElement ?? undefined;
      last.current = isInside && focused?.contains(element) ? focused : undefined;
    };
    document.addEventListener("focusin", note);
    document.addEventListener("pointerdown", note);
    return () => {
      document.removeEventListener("focusin", note);
      document.removeEventListener("pointerdown", note);
    };
  }, []);
  useLayoutEffect(() => {
    const element = last.current;
    if (element === undefined || document.activeElement !== document.body) return;
    if (element.isConnected) return focus(element);
    last.current = undefined;
    focus(place.current);
    if (document.activeElement === document.body) focus(controlNear(place.current));
  });
}

function controlNear(place: Element | null): Element | null | undefined {
  return place?.querySelector("input, button") ??
    place?.closest("section")?.querySelector("button") ?? document.getElementById("main");
}

function focus(element: Element | null | undefined): void {
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
}
