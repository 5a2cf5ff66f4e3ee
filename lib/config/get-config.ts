import "server-only";
import { type Config, readConfig } from "./read-config";

let config: Config | undefined;

/** The configuration of this process, read once. Throws AppError with one sentence for a bad value. */
export function getConfig(): Config {
  config ??= readConfig(process.env, process.cwd());
  return config;
}
