/**
 * Suites with forward secrecy and authenticated encryption: those of CIS Kubernetes 1.12 (1.2.29, and under both names of ChaCha20 4.2.12).
 * Those of TLS 1.3 are always on offer, whether they are listed or not.
 */
const STRONG_SUITES: ReadonlySet<string> = new Set([
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
  "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
]);

/** What a server of Kubernetes is told of TLS; without a lowest version it takes TLS 1.2. */
export interface TlsSettings {
  readonly lowest: string | undefined;
  readonly suites: readonly string[];
}

/** What is wrong with it, setting by setting. */
export interface TlsFaults {
  readonly lowest?: string;
  readonly suites?: string;
  /** Nobody chose the suites: the server offers what its release of Go does, among them some that are not strong. */
  readonly isLeftToServer: boolean;
}

/** Go reads the list for TLS 1.2 and older only: nobody chooses the suites of TLS 1.3, which are all strong. */
export function findTlsFaults({ lowest, suites }: TlsSettings): TlsFaults {
  if (lowest === "VersionTLS13") return { isLeftToServer: false };
  const weak = suites.filter((suite) => !STRONG_SUITES.has(suite));
  return {
    ...(lowest !== undefined && lowest !== "VersionTLS12" && { lowest: `The lowest version of TLS is ${lowest}; it should be VersionTLS12 or VersionTLS13.` }),
    ...(weak.length > 0 && { suites: `Suites that are not among the strong ones are listed: ${weak.join(", ")}.` }),
    isLeftToServer: suites.length === 0,
  };
}
