/**
 * The log: constant messages with fields, one scope a part, to standard error.
 *
 * debug = something changed, info = a life cycle, warn = recovered by itself, error = something is lost.
 * Window titles, URLs, secrets and pixels stay at debug or out.
 * @module
 */
import { configureSync, getLogger, getTextFormatter, type LogLevel } from "@logtape/logtape";

/** A scope's logger. */
export type Log = Pick<ReturnType<typeof getLogger>, "debug" | "info" | "warn" | "error">;

/** Sends records of `level` and above to `write`, a line each. @default warn, standard error */
export function configureLog(
  level: LogLevel = "warning",
  write: (line: string) => void = (line) => Deno.stderr.writeSync(new TextEncoder().encode(line)),
): void {
  const format = getTextFormatter({
    timestamp: "time",
    category: (scope) => scope.slice(1).join("."),
    format: ({ timestamp, level, category, message, record }) => {
      const fields = Object.entries(record.properties)
        .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join("");
      return `${timestamp} ${level} ${category}: ${message}${fields}`;
    },
  });
  configureSync({
    reset: true,
    sinks: { stderr: (record) => write(format(record)) },
    loggers: [
      { category: ["prodtracker"], lowestLevel: level, sinks: ["stderr"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["stderr"] },
    ],
  });
}

/** The logger of one part of the daemon: "store", "tracker", "api", …. */
export function logFor(scope: string): Log {
  return getLogger(["prodtracker", scope]);
}
