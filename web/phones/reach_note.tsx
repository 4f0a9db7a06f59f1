import type { WireReach } from "./wire.ts";

/** What keeps phones from reaching this computer; nothing when nothing does. */
export function ReachNote({ reach: { url, listening } }: { reach: WireReach }) {
  if (url !== null && listening) return null;
  return (
    <p class="notice notice-degraded">
      <strong>Phones cannot reach this computer now.</strong>
      <span>
        {url === null
          ? (
            <>
              Set <code>PC_IP</code> to its address on your network, and start ProdTracker with{" "}
              <code>prodtracker serve --lan</code>.
            </>
          )
          : (
            <>
              Start ProdTracker with{" "}
              <code>prodtracker serve --lan</code>: it then listens for them at <code>{url}</code>.
            </>
          )}
      </span>
    </p>
  );
}
