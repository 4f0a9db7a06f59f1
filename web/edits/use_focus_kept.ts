/**
 * Where the keyboard goes on when what had the focus is no longer there.
 * @module
 */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/**
 * Once `changed` is another and the element of `place` that had the focus is gone, the next one there gets it, or what
 * comes before it.
 */
export function useFocusKept(place: RefObject<HTMLElement | null>, changed: unknown): void {
  const last = useRef<Element | undefined>(undefined);
  useEffect(() => {
    const element = place.current;
    const note = (event: FocusEvent) => last.current = event.target as Element;
    element?.addEventListener("focusin", note);
    return () => element?.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    const isGone = last.current !== undefined && !last.current.isConnected;
    if (!isGone) return;
    last.current = undefined;
    if (document.activeElement !== document.body) return;
    const next = place.current?.querySelector<HTMLElement>("input, button") ??
      place.current?.closest("section")?.querySelector<HTMLElement>("button") ??
      document.getElementById("main");
    next?.focus({ preventScroll: true });
  }, [changed]);
}
