/**
 * Every default of the program, each written once; the schema, `--help` and `.env.example` read them here.
 * @module
 */
export const DEFAULTS = {
  host: "127.0.0.1",
  port: 8000,
  lanPort: 8001,
  /** The local time at which a day begins, minutes after midnight: 04:00. */
  dayStartMin: 240,
  /** Seconds without input before a person counts as away. */
  afkSeconds: 180,
  /** Heartbeats a phone may send, a minute. */
  phoneRatePerMinute: 30,
  redisPort: 6379,
  redisDb: 0,
  smtpPort: 587,
  smtpUseTls: true,
  twilioApiBase: "https://api.twilio.com",
} as const;
