import { health } from "../state.ts";

/** Which version this is, and the promise. */
export function PageFooter() {
  const version = health.value?.version;
  return (
    <footer class="page-footer">
      <p>Everything on this page stays on this machine.</p>
      {version !== undefined && <p>ProdTracker {version}</p>}
    </footer>
  );
}
