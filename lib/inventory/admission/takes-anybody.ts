import { isRecord, type JsonRecord, records, text } from "../../model/json";

/** Why a verifier keeps no image out, as part of a sentence. */
export const OF_ANYBODY = "it takes the signature of anybody";

/** Every workflow of GitHub or GitLab goes by a name that begins so. */
const ANY_NAME = /^(?:https:\/\/git(?:hub|lab)\.com\/)?\*+$/;
const ANY_PATTERN = /^\^?(?:https:\/\/git(?:hub|lab)\\?\.com\/)?(?:\.[*+])?\$?$/;
/** Whoever likes has an account there. */
const OF_EVERYBODY = /^https:\/\/(?:accounts\.google\.com|github\.com\/login\/oauth|token\.actions\.githubusercontent\.com|gitlab\.com)$/;
const PUBLIC = /^https:\/\/fulcio\.sigstore\.dev\/?$/;

/** Whether a name, or a pattern of one, is that of anybody; one that is not there is left to its engine. */
function isAny(name: unknown, pattern: unknown): boolean {
  return ANY_NAME.test(text(name) ?? "") || (text(name) === undefined && text(pattern) !== undefined && ANY_PATTERN.test(text(pattern) ?? ""));
}

/** Whether a signature without a key is taken from whoever has an account anywhere, or where everybody may have one: the public authority gives each a certificate, one's own need not. */
export function takesAnybody(keyless: unknown): boolean {
  if (!isRecord(keyless)) return false;
  const { url, trustRootRef, roots } = keyless;
  if (text(trustRootRef) !== undefined || text(roots) !== undefined || !PUBLIC.test(text(url) ?? "https://fulcio.sigstore.dev")) return false;
  const isOpen = ({ issuer, issuerRegExp, subject, subjectRegExp }: JsonRecord): boolean =>
    (OF_EVERYBODY.test(text(issuer) ?? "") || isAny(issuer, issuerRegExp)) && isAny(subject, subjectRegExp);
  return [keyless, ...records(keyless.identities)].some(isOpen);
}
