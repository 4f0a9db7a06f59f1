import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../api.ts";
import { type LaterView as Name, loadView, type ViewModule } from "../view_loader.ts";

interface LaterViewProps {
  readonly api: Api;
  readonly name: Name;
}

/** A view whose script and style are fetched when somebody wants it; what was shown before stays until then. */
export function LaterView({ api, name }: LaterViewProps) {
  const loaded = useSignal<ViewModule["View"] | "failed" | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    loadView(name, api).then(
      ({ View }) => isWanted && (loaded.value = View),
      () => isWanted && (loaded.value = "failed"),
    );
    return () => isWanted = false;
  }, []);
  const View = loaded.value;
  if (View === undefined) return <p class="quiet slow-to-appear">Opening…</p>;
  if (View !== "failed") return <View api={api} />;
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
