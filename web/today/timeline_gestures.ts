/**
 * What pointers and the wheel do on the timeline: a drag moves it, two fingers or Ctrl and the wheel zoom, the
 * wheel sideways or with Shift moves. The plain wheel is left to the page.
 * @module
 */

export interface GestureTarget {
  /** Moves what is shown by pixels: what lies under the finger follows it. */
  move(byPx: number): void;
  /** Makes what is shown `factor` times as long around `xPx`. */
  zoom(factor: number, xPx: number): void;
  /** The pointer is there. */
  point(xPx: number, yPx: number): void;
  /** It was pressed and let go there, without moving. */
  press(xPx: number, yPx: number, isTouch: boolean): void;
}

/** A pointer that goes no further was not dragged. */
const DRAG_FROM_PX = 5;
const LINE_PX = 16;

/** Listens on `element`; the result ends it. */
export function followGestures(element: HTMLElement, target: GestureTarget): () => void {
  const down = new Map<number, { x: number; y: number }>();
  let travelledPx = 0;
  const ended = new AbortController();
  const { signal } = ended;

  const placeOf = (event: MouseEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (down.size === 0) travelledPx = 0;
    down.set(event.pointerId, placeOf(event));
  }, { signal });
  element.addEventListener("pointermove", (event) => {
    const to = placeOf(event);
    const from = down.get(event.pointerId);
    if (from === undefined) {
      // A touch that only comes near points at nothing.
      if (event.pointerType !== "touch") target.point(to.x, to.y);
      return;
    }
    const others = [...down].filter(([id]) => id !== event.pointerId);
    const wasDragged = travelledPx >= DRAG_FROM_PX;
    travelledPx += Math.hypot(to.x - from.x, to.y - from.y);
    down.set(event.pointerId, to);
    if (others.length === 1) {
      const [[, other]] = others;
      const before = Math.abs(from.x - other.x), after = Math.abs(to.x - other.x);
      if (before > 20 && after > 20) target.zoom(before / after, (to.x + other.x) / 2);
    } else if (others.length === 0 && travelledPx >= DRAG_FROM_PX) {
      // From now on its own, wherever it goes; not before, or a click would not be one of what it was on.
      if (!wasDragged) element.setPointerCapture(event.pointerId);
      target.move(to.x - from.x);
    }
  }, { signal });
  const up = (event: PointerEvent) => {
    const was = down.delete(event.pointerId);
    if (!was || event.type !== "pointerup" || travelledPx >= DRAG_FROM_PX) return;
    const { x, y } = placeOf(event);
    target.press(x, y, event.pointerType === "touch");
  };
  for (const name of ["pointerup", "pointercancel"] as const) {
    element.addEventListener(name, up, { signal });
  }
  element.addEventListener("wheel", (event) => {
    const unitPx = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PX;
    const isZoom = event.ctrlKey || event.metaKey;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!isZoom && !isSideways) return;
    event.preventDefault();
    if (isZoom) target.zoom(Math.exp(event.deltaY * unitPx / 300), placeOf(event).x);
    else target.move(-(event.deltaX || event.deltaY) * unitPx);
  }, { signal, passive: false });
  return () => ended.abort();
}
