/** Credentials of other services stay in the program: nobody that it starts is given them. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import { waitFor } from "../daemon_process.ts";
import { MAIL_LOGIN } from "../mail/mail_server.ts";
import { TWILIO_ACCOUNT } from "../twilio_double.ts";

Deno.test({
  name: "a program that is started inherits neither the password nor the token",
  ignore: Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    const seen = `${cli.dir}/seen`;
    // In place of the browser's opener: it tells what it inherited.
    const opener = `#!/bin/sh\nenv > ${seen}.new && mv ${seen}.new ${seen}\n`;
    Deno.writeTextFileSync(`${cli.dir}/xdg-open`, opener, { mode: 0o700 });
    const child = cli.spawn(["serve", "--open", "--no-track", "--port", "0"], {
      env: {
        ...TWILIO_ACCOUNT,
        FOCUS_SMTP_PASSWORD: MAIL_LOGIN.password,
        PATH: `${cli.dir}:${Deno.env.get("PATH")}`,
      },
    });
    const inherited = await waitFor(() => {
      try {
        return Deno.readTextFileSync(seen);
      } catch {
        return undefined;
      }
    });
    child.kill("SIGTERM");
    await child.output();
    assert.match(inherited, /^TWILIO_ACCOUNT_SID=/m);
    for (const secret of [MAIL_LOGIN.password, TWILIO_ACCOUNT.TWILIO_AUTH_TOKEN]) {
      assert.ok(!inherited.includes(secret), inherited);
    }
  },
});
