import { readCertificate } from "../values/certificate";
import { childrenOf, fromBase64, readNumber, readPem, SEQUENCE, signedPartOf } from "../values/der";

/** Names in the subject of a certificate request. */
export interface RequestSubject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

const SET = 0x31;
const OID = 0x06;
const COMMON_NAME = "85,4,3";
const ORGANIZATION = "85,4,10";

/** Reads `status.certificate` of a CertificateSigningRequest: for how many seconds it is good; null when that cannot be told. */
export function parseCertificateLife(certificate: string): number | null {
  const [bytes] = readPem(fromBase64(certificate) ?? "", "CERTIFICATE");
  const read = bytes ? readCertificate(bytes) : null;
  const seconds = ((read?.notAfter ?? Number.NaN) - (read?.notBefore ?? Number.NaN)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}

/** Reads `spec.request` of a CertificateSigningRequest: base64 of a PEM-encoded PKCS#10 request. Null when it is none. */
export function parseCertificateRequest(request: string): RequestSubject | null {
  const [bytes] = readPem(fromBase64(request) ?? "", "(?:NEW )?CERTIFICATE REQUEST");
  if (!bytes) return null;
  const info = signedPartOf(bytes);
  const subject = info ? childrenOf(bytes, info)[1] : undefined;
  if (subject?.tag !== SEQUENCE) return null;
  const names: Record<string, string[]> = {};
  for (const set of childrenOf(bytes, subject)) {
    if (set.tag !== SET) continue;
    for (const pair of childrenOf(bytes, set)) {
      const [type, value] = childrenOf(bytes, pair);
      if (type?.tag !== OID || !value) continue;
      const key = readNumber(bytes, type);
      names[key] = [...(names[key] ?? []), new TextDecoder().decode(bytes.slice(value.start, value.end))];
    }
  }
  return { commonName: names[COMMON_NAME]?.[0] ?? "", organizations: names[ORGANIZATION] ?? [] };
}
