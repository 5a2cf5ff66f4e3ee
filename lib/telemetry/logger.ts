import "server-only";
import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import { getConfig } from "@/lib/config/get-config";

const SECRET_FIELDS = ["password", "token", "secret", "authorization", "cookie", "databaseUrl", "connectionString", "clientKey", "idToken"];

/** One JSON line per event; fields that carry secrets never leave the process, one or two levels deep. */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const settings: LoggerOptions = {
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[redacted]" },
    ...options,
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

let logger: Logger | undefined;

/** The logger of this process, at LOG_LEVEL. */
export function getLogger(): Logger {
  logger ??= createLogger({ level: getConfig().logLevel });
  return logger;
}
