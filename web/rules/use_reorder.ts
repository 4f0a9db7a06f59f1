/**
 * Putting the rows of a list in another order: by dragging a row's handle, or on the handle by keys. The rows are only
 * shown elsewhere until it is settled, so that the handle keeps the pointer and the focus.
 * @module
 */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { landingOf, type RowPlace, shiftsOf } from "./reorder.ts";

/** A row that is held, and where it would land. */
export interface Held {
  readonly from: number;
  readonly to: number;
  /** `settled`: it was put down, and is waited for to be drawn there. */
  readonly by: "pointer" | "keys" | "settled";
  /** How far each row is shown from its place, in CSS pixels. */
  readonly shifts: readonly number[];
}

export interface Reorder {
  readonly list: RefObject<HTMLOListElement | null>;
  readonly held: Held | undefined;
  /** What a screen reader is told. */
  readonly spoken: string;
  /** What the handle of a row listens to. */
  handle(index: number): HandleProps;
  /** Gives the focus to something of a row, once the rows are others; to its handle where it cannot have it. */
  focusLater(index: number, selector?: string): void;
}

interface HandleProps {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

interface ReorderOptions {
  /** The rows; when they are others, nothing is held any more. */
  readonly items: readonly unknown[];
  readonly nameOf: (index: number) => string;
  /** Resolves to whether it was moved. */
  readonly onMove: (from: number, to: number) => Promise<boolean>;
}

interface Grip {
  readonly rows: readonly RowPlace[];
  readonly startY: number;
  y: number;
  timer: ReturnType<typeof setInterval> | undefined;
}

/** So near to the window's edge the page moves along, and so far each time. */
const EDGE_PX = 56;
const SCROLL_PX = 12;
const SCROLL_EVERY_MS = 16;
const HANDLE = ".rule-handle";

export function useReorder({ items, nameOf, onMove }: ReorderOptions): Reorder {
  const list = useRef<HTMLOListElement>(null);
  const held = useSignal<Held | undefined>(undefined);
  const spoken = useSignal("");
  const grip = useRef<Grip>(undefined);
  const focusAt = useRef<{ readonly index: number; readonly selector: string }>(undefined);

  const letGo = () => {
    clearInterval(grip.current?.timer);
    grip.current = undefined;
    held.value = undefined;
  };
  // Before it is painted: in their new order the rows stand in their own places.
  useLayoutEffect(() => {
    letGo();
    const wanted = focusAt.current;
    focusAt.current = undefined;
    if (wanted === undefined) return;
    const row = list.current?.children[Math.min(wanted.index, items.length - 1)];
    const target = row?.querySelector<HTMLButtonElement>(`${wanted.selector}:not(:disabled)`);
    (target ?? row?.querySelector<HTMLElement>(HANDLE))?.focus();
  }, [items]);
  const shownAt = held.value?.by === "keys" ? held.value.to : undefined;
  useLayoutEffect(() => {
    if (shownAt === undefined) return;
    list.current?.children[held.peek()!.from]?.scrollIntoView({ block: "nearest" });
  }, [shownAt]);
  useEffect(() => letGo, []);

  const show = (to: number) => {
    const current = held.peek(), rows = grip.current?.rows;
    if (!current || !rows || current.to === to) return;
    held.value = { ...current, to, shifts: shiftsOf(rows, current.from, to) };
    if (current.by === "keys") spoken.value = `Place ${to + 1} of ${items.length}`;
  };
  const take = (index: number, by: Held["by"], y: number) => {
    grip.current = { rows: placesOf(list), startY: y, y, timer: undefined };
    held.value = { from: index, to: index, by, shifts: items.map(() => 0) };
  };
  const settle = () => {
    const current = held.peek();
    if (!current || current.by === "settled") return;
    if (current.to === current.from) return letGo();
    const { rows, timer } = grip.current!;
    clearInterval(timer);
    grip.current = undefined;
    focusAt.current = { index: current.to, selector: HANDLE };
    held.value = {
      ...current,
      by: "settled",
      shifts: shiftsOf(rows, current.from, current.to),
    };
    onMove(current.from, current.to).then((isMoved) => isMoved || letGo());
  };
  const follow = () => {
    const current = held.peek(), { rows, startY, y } = grip.current!;
    if (!current) return;
    const byPx = y + scrollY - startY;
    const to = landingOf(rows, current.from, byPx);
    const shifts = shiftsOf(rows, current.from, to).with(current.from, byPx);
    held.value = { ...current, to, shifts };
  };
  const scrollAlong = () => {
    const { y } = grip.current!;
    const step = y < EDGE_PX ? -SCROLL_PX : y > innerHeight - EDGE_PX ? SCROLL_PX : 0;
    if (step === 0) return;
    scrollBy(0, step);
    follow();
  };
  const keys = (event: KeyboardEvent, index: number) => {
    const current = held.peek();
    if (current?.by === "settled") return;
    const isTaking = event.key === " " || event.key === "Enter";
    if (!current) {
      if (!isTaking) return;
      event.preventDefault();
      take(index, "keys", 0);
      spoken.value = `${nameOf(index)} is taken, place ${index + 1} of ${items.length}. ` +
        "Arrow keys move it, Space puts it down, Escape leaves it where it was.";
      return;
    }
    const last = items.length - 1;
    const to = STEPS[event.key]?.(current.to, last);
    if (to !== undefined) show(Math.min(last, Math.max(0, to)));
    else if (isTaking) settle();
    else if (event.key === "Escape") {
      letGo();
      spoken.value = "Left where it was.";
    } else return;
    event.preventDefault();
  };
  return {
    list,
    held: held.value,
    spoken: spoken.value,
    focusLater: (index, selector = HANDLE) => focusAt.current = { index, selector },
    handle: (index) => ({
      onPointerDown(event) {
        if (event.button !== 0 || items.length < 2 || held.peek()) return;
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        take(index, "pointer", event.clientY + scrollY);
        grip.current!.y = event.clientY;
        grip.current!.timer = setInterval(scrollAlong, SCROLL_EVERY_MS);
      },
      onPointerMove(event) {
        if (held.peek()?.by !== "pointer" || !grip.current) return;
        grip.current.y = event.clientY;
        follow();
      },
      onPointerUp() {
        if (held.peek()?.by === "pointer") settle();
      },
      onPointerCancel() {
        if (held.peek()?.by === "pointer") letGo();
      },
      onKeyDown: (event) => keys(event, index),
      onBlur() {
        if (held.peek()?.by === "keys" && focusAt.current === undefined) letGo();
      },
    }),
  };
}

const STEPS: Readonly<Record<string, ((to: number, last: number) => number) | undefined>> = {
  ArrowUp: (to) => to - 1,
  ArrowDown: (to) => to + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Where the rows stand on the page, whatever was scrolled. */
function placesOf(list: { readonly current: HTMLElement | null }): RowPlace[] {
  return [...list.current?.children ?? []].map((row) => {
    const { top, height } = row.getBoundingClientRect();
    return { top: top + scrollY, height };
  });
}
