/** How a phone is set up, with what it needs filled in. */
import type { PhoneConfig } from "./config.ts";
import { PairingState } from "./pairing_state.tsx";
import { Recipe } from "./recipe.tsx";
import { httpBody, settingsFile, shortcutBody, TERMUX_INSTALL } from "./recipes.ts";

export function SetupPage({ config }: { readonly config: PhoneConfig | undefined }) {
  return (
    <>
      <h1>Set up {config?.name ?? "a phone"}</h1>
      {config?.code !== undefined && <PairingState deviceId={config.deviceId} code={config.code} />}
      {config ? <Found config={config} /> : (
        <p class="notice">
          This page is opened by the QR code of <code>prodtracker pair</code>{" "}
          or of the dashboard's page{" "}
          <i>Phone</i>, which carries what the phone needs. Opened without it, the recipes show{" "}
          <code>…</code> where your values belong.
        </p>
      )}
      <Recipes config={config ?? NOBODY} />
    </>
  );
}

const NOBODY: PhoneConfig = {
  deviceId: "…",
  name: "a phone",
  secret: "…",
  url: "http://…:8001",
  code: undefined,
};

function Found({ config }: { readonly config: PhoneConfig }) {
  return (
    <p class="notice">
      The secret of <b>{config.deviceId}</b>{" "}
      is on this page only, and is gone when you leave it. Whoever has it can pretend to be this
      phone; take it away with <code>prodtracker pair revoke {config.deviceId}</code>.
    </p>
  );
}

function Recipes({ config }: { readonly config: PhoneConfig }) {
  return (
    <>
      <section>
        <h2>Android with Termux</h2>
        <p>
          A script sends a signed heartbeat every half minute, and keeps what it could not send.
        </p>
        <ol>
          <li>
            Install Termux, open it, and paste:
            <Recipe text={TERMUX_INSTALL(config.url)} />
          </li>
          <li>
            Its settings, into <code>~/.prodtracker</code>:
            <Recipe text={settingsFile(config)} />
          </li>
          <li>
            Start it: <Recipe text="bash heartbeat.sh" />
          </li>
        </ol>
      </section>
      <section>
        <h2>Android with Tasker or MacroDroid</h2>
        <p>
          A profile "every 30 s while the display is on" with an{" "}
          <i>HTTP Request</i>: method POST, content type <code>application/json</code>, to
        </p>
        <Recipe text={`${config.url}/phone/heartbeat`} />
        <p>
          The body, where <code>%SIG</code>{" "}
          is the HMAC-SHA256, in hex and with the secret as its key, of the same text without the
          signature. Tasker makes it with Java functions, MacroDroid with its HMAC action; an answer
          of 409 is as good as 200.
        </p>
        <Recipe text={httpBody(config)} />
        <Recipe text={config.secret} />
      </section>
      <section>
        <h2>iPhone</h2>
        <p>
          Shortcuts cannot sign, so the phone has to be paired with{" "}
          <code>prodtracker pair {config.deviceId} --bearer</code>{" "}
          and send its secret, which is taken by TLS only (<code>PRODTRACKER_TLS_CERT</code> and
          {" "}
          <code>_KEY</code>). An automation that runs when an app is opened or closed calls{" "}
          <i>Get Contents of URL</i>: POST, this address, this header, this JSON:
        </p>
        <Recipe text={`${config.url}/phone/heartbeat`} />
        <Recipe text={`Authorization: Bearer ${config.secret}`} />
        <Recipe text={shortcutBody(config)} />
      </section>
    </>
  );
}
