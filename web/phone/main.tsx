/** The setup page's entry: what the QR code carries stays on the phone, it is never sent. */
import { render } from "preact";
import { readConfig } from "./config.ts";
import { SetupPage } from "./page.tsx";

const config = readConfig(location.hash.slice(1), location.origin);
// The secret is to stand in no history, and in no picture of the address bar.
history.replaceState(null, "", location.pathname);
render(<SetupPage config={config} />, document.getElementById("phone")!);
