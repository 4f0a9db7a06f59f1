import { useEffect, useRef } from "preact/hooks";
import { saying } from "../saying.ts";

const SHOWN_MS = 6_000;
/** Long enough to read it and to reach its button. */
const SHOWN_WITH_ACTION_MS = 15_000;

/**
 * What was just done, at the foot of the window and to screen readers; it stays while the pointer or the keyboard is
 * on it. Its place is always there: what appears together with its place is not heard.
 */
export function SayingBar() {
  const bar = useRef<HTMLDivElement>(null);
  const said = saying.value;
  useEffect(() => {
    if (said === undefined) return;
    const limitMs = said.action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS;
    let leftMs = limitMs;
    const timer = setInterval(() => {
      const isHeld = bar.current?.matches(":hover, :focus-within");
      leftMs = isHeld ? limitMs : leftMs - 500;
      if (leftMs <= 0 && saying.peek() === said) saying.value = undefined;
    }, 500);
    return () => clearInterval(timer);
  }, [said]);
  return (
    <div ref={bar} class={said === undefined ? "saying" : "saying is-shown"} role="status">
      {said !== undefined && (
        <>
          <span>{said.text}</span>
          {said.action && (
            <button
              type="button"
              class="plain"
              onClick={() => {
                saying.value = undefined;
                said.action?.run();
              }}
            >
              {said.action.label}
            </button>
          )}
        </>
      )}
    </div>
  );
}
