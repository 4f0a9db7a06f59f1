import assert from "node:assert/strict";
import { parseAddress, parseMailbox, parsePhoneNumber, parseRecipients } from "./address.ts";
import { readSetting } from "./load.ts";
import { mailConfig } from "./mail.ts";
import type { SettingName, SettingValues } from "./schema.ts";
import { smsConfig } from "./sms.ts";

const SID = "AC0123456789abcdef0123456789abcdef";

function settings(texts: Partial<Record<SettingName, string>>): SettingValues {
  const names = Object.keys(texts) as SettingName[];
  return Object.fromEntries(names.map((name) => [name, readSetting(name, texts[name]!)]));
}

const GMAIL = {
  FOCUS_SMTP_HOST: "smtp.gmail.com",
  FOCUS_SMTP_USERNAME: "me@gmail.com",
  FOCUS_SMTP_PASSWORD: "abcd efgh ijkl mnop",
  FOCUS_EMAIL_TO: "me@gmail.com",
};

Deno.test("mailConfig() takes an account with four settings, sender and port by default", () => {
  assert.deepEqual(mailConfig(settings(GMAIL)), {
    kind: "ready",
    host: "smtp.gmail.com",
    port: 587,
    secure: "starttls",
    username: "me@gmail.com",
    password: "abcd efgh ijkl mnop",
    from: { address: "me@gmail.com" },
    to: ["me@gmail.com"],
  });
});

Deno.test("mailConfig() has implicit TLS on 465 alone, plain text only where it is asked for", () => {
  const secure = (texts: Record<string, string>) => {
    const config = mailConfig(settings({ ...GMAIL, ...texts }));
    return config.kind === "ready" ? config.secure : config.hindrance;
  };
  assert.equal(secure({ FOCUS_SMTP_PORT: "465" }), "implicit");
  assert.equal(secure({ FOCUS_SMTP_PORT: "465", FOCUS_SMTP_USE_TLS: "false" }), "implicit");
  assert.equal(secure({ FOCUS_SMTP_PORT: "25", FOCUS_SMTP_USE_TLS: "true" }), "starttls");
  assert.equal(secure({ FOCUS_SMTP_USE_TLS: "false" }), "none");
});

Deno.test("mailConfig() needs no login where none is set, but then a sender", () => {
  const own = { FOCUS_SMTP_HOST: "[::1]", FOCUS_EMAIL_TO: "root@localhost" };
  const without = mailConfig(settings(own));
  assert.ok(without.kind === "half" && /: FOCUS_EMAIL_FROM is not set/.test(without.hindrance));
  const config = mailConfig(settings({ ...own, FOCUS_EMAIL_FROM: '"Me, myself" <pt@localhost>' }));
  assert.ok(config.kind === "ready" && config.username === undefined);
  assert.equal(config.host, "::1");
  assert.deepEqual(config.from, { name: "Me, myself", address: "pt@localhost" });
});

const HINDRANCES: readonly [Partial<Record<SettingName, string>>, "off" | "half", string][] = [
  [
    {},
    "off",
    "FOCUS_SMTP_HOST, FOCUS_SMTP_USERNAME, FOCUS_SMTP_PASSWORD and FOCUS_EMAIL_TO are not set",
  ],
  [
    { FOCUS_SMTP_PORT: "25", FOCUS_SMTP_USE_TLS: "no" },
    "off",
    "FOCUS_SMTP_HOST, FOCUS_SMTP_USERNAME, FOCUS_SMTP_PASSWORD and FOCUS_EMAIL_TO are not set",
  ],
  [
    { FOCUS_SMTP_HOST: "a.test", FOCUS_SMTP_USERNAME: "me@a.test" },
    "half",
    "FOCUS_SMTP_PASSWORD and FOCUS_EMAIL_TO are not set",
  ],
  [
    { ...GMAIL, FOCUS_SMTP_USERNAME: "login" },
    "half",
    "FOCUS_EMAIL_FROM is not set",
  ],
  [
    { FOCUS_SMTP_PASSWORD: "x", FOCUS_EMAIL_TO: "me@a.test" },
    "half",
    "FOCUS_SMTP_HOST and FOCUS_SMTP_USERNAME are not set",
  ],
];

for (const [texts, kind, names] of HINDRANCES) {
  Deno.test(`mailConfig() of ${Object.keys(texts).join(", ") || "nothing"} is ${kind}`, () => {
    const hindrance = `Cannot send mail: ${names}; see docs/email_setup.md`;
    assert.deepEqual(mailConfig(settings(texts)), { kind, hindrance });
  });
}

Deno.test("smsConfig() needs all four settings, and names those that are missing", () => {
  const all = {
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: "token",
    TWILIO_FROM_NUMBER: "+1 (555) 123-4567",
    FOCUS_SMS_TO: "+4915112345678",
  };
  assert.deepEqual(smsConfig(settings(all)), {
    kind: "ready",
    accountSid: SID,
    authToken: "token",
    from: "+15551234567",
    to: "+4915112345678",
    apiBase: "https://api.twilio.com",
  });
  const { FOCUS_SMS_TO: _, ...half } = all;
  assert.deepEqual(smsConfig(settings(half)), {
    kind: "half",
    hindrance: "Cannot send SMS: FOCUS_SMS_TO is not set; see docs/sms_setup.md",
  });
  assert.equal(smsConfig({}).kind, "off");
  const base = smsConfig(settings({ ...all, TWILIO_API_BASE: "http://127.0.0.1:1/" }));
  assert.ok(base.kind === "ready" && base.apiBase === "http://127.0.0.1:1");
});

Deno.test("parseAddress() takes what servers take, its domain in ASCII", () => {
  assert.equal(parseAddress("a.b+c@Example.ORG"), "a.b+c@example.org");
  assert.equal(parseAddress("a@bücher.example"), "a@xn--bcher-kva.example");
  assert.equal(parseAddress("root@localhost"), "root@localhost");
  const bad = [
    "",
    "a",
    "a@",
    "@b",
    "a b@c.d",
    "a@b c",
    "a..b@c.d",
    ".a@b.c",
    "a@b..c",
    "a@1.2.3.4",
  ];
  bad.push("ä@b.c", "a@b@c", "<a@b.c>", "a@b.c/d", "a@-b.c", "a@[::1]", `${"a".repeat(65)}@b.c`);
  bad.push(`a@${"b".repeat(64)}.c`, `a@${"b.".repeat(130)}c`, "a,b@c.d", "a@b.c:25", "a@%62.c");
  assert.deepEqual(bad.filter((text) => parseAddress(text) !== undefined), []);
});

Deno.test("parseMailbox() tells a name from its address", () => {
  assert.deepEqual(parseMailbox("Zoë <z@b.c>"), { name: "Zoë", address: "z@b.c" });
  assert.deepEqual(parseMailbox(" <z@b.c> "), { address: "z@b.c" });
  for (const bad of ["Zoë", "Zoë z@b.c", "Zoë <z@b.c", "a <b@c.d> <e@f.g>", "Zoë <>"]) {
    assert.equal(parseMailbox(bad), undefined, bad);
  }
});

Deno.test("parseRecipients() drops doubles and refuses all when one is wrong", () => {
  assert.deepEqual(parseRecipients("a@b.c, D@e.f ,a@B.c,d@e.f,", 2), ["a@b.c", "D@e.f"]);
  for (const bad of ["", ",", "a@b.c;d@e.f", "a@b.c d@e.f", "a@b.c,x", "a@b.c,d@e.f,g@h.i"]) {
    assert.equal(parseRecipients(bad, 2), undefined, bad);
  }
});

Deno.test("parsePhoneNumber() takes the form of E.164 alone", () => {
  assert.equal(parsePhoneNumber("+49 (151) 1234-5678"), "+4915112345678");
  for (const bad of ["", "0151123456", "+0151123456", "+1", "+1234567890123456", "+49x1512345"]) {
    assert.equal(parsePhoneNumber(bad), undefined, bad);
  }
});

const REFUSED: readonly [SettingName, string, RegExp][] = [
  ["FOCUS_EMAIL_FROM", "Me\r\nBcc: x@y.z <a@b.c>", /an address such as/],
  ["FOCUS_EMAIL_FROM", "me", /or Name <me@example\.org>/],
  ["FOCUS_EMAIL_TO", "a@b.c,d", /addresses such as me@example\.org, at most 20/],
  ["FOCUS_EMAIL_TO", "a@b.c\nd@e.f", /addresses such as/],
  ["FOCUS_SMTP_USERNAME", "me\0you", /one line of at most 1000 characters/],
  ["FOCUS_SMTP_HOST", "smtp.test:587", /without a port/],
  ["TWILIO_ACCOUNT_SID", "AC123", /"AC" and 32 hexadecimal digits/],
  ["TWILIO_ACCOUNT_SID", SID.replace("AC", "SK"), /"AC" and 32/],
  ["TWILIO_FROM_NUMBER", "ProdTracker", /or a messaging service: "MG"/],
  ["TWILIO_API_BASE", "http://api.twilio.com", /https:\/\/, or with http:\/\/ and leads to this/],
  ["FOCUS_SMS_TO", "0151 123456", /"\+" and its country's code/],
];

for (const [name, text, allowed] of REFUSED) {
  Deno.test(`${name} refuses ${JSON.stringify(text)}, naming what is allowed`, () => {
    assert.throws(() => readSetting(name, text), (error: Error) => {
      assert.match(error.message, new RegExp(`^Cannot use ${name}: .*${allowed.source}`));
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  });
}

Deno.test("a password with a line break is refused without being shown", () => {
  assert.throws(() => readSetting("FOCUS_SMTP_PASSWORD", "hunter2\nx"), (error: Error) => {
    assert.match(error.message, /FOCUS_SMTP_PASSWORD: it is a value that is not shown/);
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
  assert.equal(readSetting("TWILIO_FROM_NUMBER", SID.replace("AC", "MG"))?.slice(0, 2), "MG");
});
