/**
 * Keeps the keyboard's place when what had it goes away: a button that has ended a block, a row that was deleted.
 * @module
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * When something within `place` had the focus and is gone, `place` has it: the next Tab goes on from there. Nothing
 * happens to whoever is elsewhere.
 */
export function useKeptFocus(place: RefObject<HTMLElement | null>): void {
  const last = useRef<Element>(undefined);
  useLayoutEffect(() => {
    const element = place.current;
    const note = (event: FocusEvent) => last.current = event.target as Element;
    element?.addEventListener("focusin", note);
    return () => element?.removeEventListener("focusin", note);
  }, []);
  useLayoutEffect(() => {
    const isLost = last.current?.isConnected === false && document.activeElement === document.body;
    if (!isLost) return;
    last.current = undefined;
    place.current?.focus({ preventScroll: true });
  });
}
