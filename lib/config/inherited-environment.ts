import "server-only";

/** The environment as it is now: what programs that are started from here inherit, and where the machine names its proxies. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
