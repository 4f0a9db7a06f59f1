import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { Api } from "../api.ts";
import { openFocus } from "../open_focus.ts";

/** The Focus view, whose script and style are fetched when somebody wants it. */
export function FocusLoader({ api }: { api: Api }) {
  const loaded = useSignal<{ readonly View: ComponentType } | "failed" | undefined>(undefined);
  useEffect(() => {
    openFocus(api).then(
      ({ FocusView }) => loaded.value = { View: FocusView },
      () => loaded.value = "failed",
    );
  }, []);
  if (loaded.value === "failed") {
    return (
      <section class="first-run" role="alert">
        <h1>This page is out of date</h1>
        <p class="lead">
          A part of it could not be loaded: ProdTracker was updated, or is not running.
        </p>
        <button type="button" onClick={() => location.reload()}>Load the page again</button>
      </section>
    );
  }
  const View = loaded.value?.View;
  return View ? <View /> : <p class="quiet slow-to-appear">Opening…</p>;
}
