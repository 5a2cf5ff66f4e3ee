import { type Weakness, weakness } from "../define";

/** Suites that came with TLS 1.2, by all names that they have: nothing older can use them. */
const IS_NEW = /GCM|CCM|CHACHA20|POLY1305|(?:SHA256|SHA384)$/;

/** Whether one of these suites, or what chooses several of them, works with TLS 1.1 and older. */
export function worksWithOld(suites: readonly string[]): boolean {
  return suites.some((suite) => !IS_NEW.test(suite));
}

/** What is said where an old version is asked for; with suites that it cannot use, nobody gets in by it until somebody adds one. */
export function oldTls(path: string, value: string, said: string, isUsable: boolean): Weakness {
  if (isUsable) return weakness(path, value, `${said}.`);
  return weakness(path, value, `${said}. None of the suites on offer works with it, so only they keep it out.`, { severity: "low" });
}
