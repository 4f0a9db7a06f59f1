import type { Channel } from "../../wire.ts";

const SETTINGS: Readonly<Record<Channel, string>> = {
  email: `FOCUS_SMTP_HOST=smtp.gmail.com
FOCUS_SMTP_USERNAME=you@gmail.com
FOCUS_SMTP_PASSWORD=abcdefghijklmnop
FOCUS_EMAIL_TO=you@gmail.com`,
  sms: `TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef
TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef
TWILIO_FROM_NUMBER=+15550006666
FOCUS_SMS_TO=+15551234567`,
};

/** How a channel is set up: passwords stand in a file of the person's own, and never pass this page. */
export function SetupHelp({ channel }: { channel: Channel }) {
  return (
    <details class="setup-help">
      <summary>How to set it up</summary>
      <ol>
        <li>
          {channel === "email"
            ? "Get an app password from your mail provider: the ordinary password is mostly refused."
            : "Get an account and a number at Twilio. Each SMS costs money; mail says the same and more."}
        </li>
        <li>
          Write this, with your own values, into <code>.env</code> in the data directory, usually
          {" "}
          <code>~/.local/share/prodtracker/.env</code>:
          <pre tabIndex={0} aria-label="Settings"><code>{SETTINGS[channel]}</code></pre>
        </li>
        <li>
          Start <code>prodtracker serve</code> again, and send a test here.
        </li>
      </ol>
      <p class="quiet hint">
        Step by step: <code>docs/{channel === "email" ? "email" : "sms"}_setup.md</code>
      </p>
    </details>
  );
}
