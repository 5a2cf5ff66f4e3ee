/**
 * The folder that somebody called the command from: npm runs a script in the folder of its package, and `npm --prefix` in one that they are not in.
 * null = the one that the process is in.
 */
export function calledFrom({ npm_lifecycle_event, npm_package_name, INIT_CWD }: Readonly<Record<string, string | undefined>>): string | null {
  return npm_lifecycle_event === "scan" && npm_package_name === "concentric" ? (INIT_CWD ?? null) : null;
}
