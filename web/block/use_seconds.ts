/**
 * The time, second by second, for what counts down.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** UTC milliseconds, new with each second; a tab that nobody sees does not count. */
export function useSeconds(): number {
  const nowMs = useSignal(Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      if (!document.hidden) nowMs.value = Date.now();
      timer = setTimeout(tick, 1000 - Date.now() % 1000);
    };
    const seen = () => !document.hidden && (nowMs.value = Date.now());
    tick();
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, []);
  return nowMs.value;
}
