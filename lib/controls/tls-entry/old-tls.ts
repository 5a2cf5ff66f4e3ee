import { type Outcome, unknown, type Weakness, weakness } from "../define";

/** As programs in Go call versions. */
export const GO_VERSIONS: Readonly<Record<string, "old" | "new">> = {
  VersionTLS10: "old",
  VersionTLS11: "old",
  VersionTLS12: "new",
  VersionTLS13: "new",
};

const OLD_PROTOCOL = /^(?:SSLv[23]|TLSv1(?:\.[01])?)$/;
/** Left out of a list of OpenSSL, or no suite at all. */
const NO_SUITE = /^[!@-]|^$/;

const listProtocols = (written: string): readonly string[] => written.split(/\s+/).filter((item) => item !== "");

/** Of the versions that a list of nginx names, the old ones. */
export function findOldProtocols(written: string): readonly string[] {
  return listProtocols(written).filter((item) => OLD_PROTOCOL.test(item));
}

/** The versions that a list of nginx names, without the old ones. */
export function keepNewProtocols(written: string): string {
  const kept = listProtocols(written).filter((item) => !OLD_PROTOCOL.test(item));
  return kept.length > 0 ? kept.join(" ") : "TLSv1.2 TLSv1.3";
}

/** Suites that came with TLS 1.2, by all names that they have: nothing older can use them. */
const IS_NEW = /GCM|CCM|CHACHA20|POLY1305|(?:SHA256|SHA384)$/;

/** Whether one of these suites, or what chooses several of them, works with TLS 1.1 and older. */
export function worksWithOld(suites: readonly string[]): boolean {
  return suites.some((suite) => !IS_NEW.test(suite));
}

/** The same of a list as OpenSSL has it. */
export function listWorksWithOld(ciphers: string): boolean {
  return worksWithOld(ciphers.split(/[:,\s]+/).filter((suite) => !NO_SUITE.test(suite)));
}

const SHUT = "None of the suites on offer works with it, so only they keep it out.";

export const lowest = (version: string): string => `The lowest version is ${version}`;

export const namesOld = (old: readonly string[]): string => `Old versions are among those that it names: ${old.join(", ")}`;

export const unreadable = (field: string, value: unknown): Outcome => unknown(`What ${JSON.stringify(value)} of ${field} means is not known.`);

/** What is said where an old version is asked for, or taken where none is (no `value`); with suites that it cannot use, nobody gets in by it until somebody adds one. */
export function oldTls(path: string, value: string | undefined, said: string, isUsable: boolean): Weakness {
  return isUsable ? weakness(path, value, `${said}.`) : weakness(path, value, `${said}. ${SHUT}`, { severity: "low" });
}
