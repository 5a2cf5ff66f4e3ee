import { isRecord, type JsonRecord, record, records, text } from "../../model/json";

/** Why a verifier keeps no image out, as part of a sentence. */
export const OF_ANYBODY = "it takes the signature of anybody";

/** Every workflow of GitHub or GitLab goes by a name that begins so, and whoever writes one there names its repository and its file. */
const ANY_NAME = /^(?=.*\*)(?:https:\/\/(?:git(?:hub|lab)\.com\/)?)?(?:[*?/@]|\.github\/workflows\/)*$/;
const ANY_PATTERN = /^\^?(?:https:\/\/(?:git(?:hub|lab)\\?\.com\/)?)?(?:\(?(?:\.|\[\^\/\])[*+]\)?|[/@]|\\?\.github\/workflows\/)*\$?$/;
/** Of whichever owner: whoever has an account there may call a repository, its workflow and its branch as they like. */
const OF_ANY_OWNER = /^https:\/\/git(?:hub|lab)\.com\/(?=\?*\*)[*?]+[/@]/;
const OF_ANY_OWNER_PATTERN = /^\^?https:\/\/git(?:hub|lab)\\?\.com\/\(?(?:\.|\[[^\]]*\])[*+]\)?\//;
/** Whoever likes has an account there. */
const OF_EVERYBODY = /^https:\/\/(?:accounts\.google\.com|github\.com\/login\/oauth|token\.actions\.githubusercontent\.com|gitlab\.com)$/;
const PUBLIC = /^https:\/\/fulcio\.sigstore\.dev\/?$/;

/** What a certificate says beside who signed: a workflow of anybody may be called like another, run of a branch of that name, and be started by the same. */
const OF_ANY_WORKFLOW = /^(?:githubWorkflow(?:Trigger|Name|Ref)|1\.3\.6\.1\.4\.1\.57264\.1\.[246])$/;

/** Whoever verifies a signature: Kyverno takes a name that is left out for any, and policy-controller takes no policy that leaves one out. */
type Verifier = "Kyverno" | "policy-controller";

/** Whether a name, or a pattern of one, is that of anybody. */
function isAny(name: unknown, pattern: unknown, verifier: Verifier): boolean {
  const [exact, matched] = [text(name) || undefined, text(pattern) || undefined];
  if (exact === undefined && matched === undefined) return verifier === "Kyverno";
  if (exact !== undefined) return ANY_NAME.test(exact) || OF_ANY_OWNER.test(exact);
  return matched !== undefined && (ANY_PATTERN.test(matched) || OF_ANY_OWNER_PATTERN.test(matched));
}

/** Whether more is asked of a certificate than who signed, which is not for anybody to have. */
function asksMore({ additionalExtensions }: JsonRecord): boolean {
  return Object.entries(record(additionalExtensions)).some(([name, value]) => !OF_ANY_WORKFLOW.test(name) && !/^\**$/.test(text(value) ?? ""));
}

/** Whether a signature without a key is taken from whoever has an account anywhere, or where everybody may have one: the public authority gives each a certificate, one's own need not. */
export function takesAnybody(keyless: unknown, verifier: Verifier): boolean {
  if (!isRecord(keyless)) return false;
  const { url, trustRootRef, roots } = keyless;
  if (text(trustRootRef) !== undefined || text(roots) || !PUBLIC.test(text(url) ?? "https://fulcio.sigstore.dev") || asksMore(keyless)) return false;
  const isOpen = ({ issuer, issuerRegExp, subject, subjectRegExp }: JsonRecord): boolean =>
    (OF_EVERYBODY.test(text(issuer) ?? "") || isAny(issuer, issuerRegExp, verifier)) && isAny(subject, subjectRegExp, verifier);
  const identities = Array.isArray(keyless.identities) && keyless.identities.length > 0 ? records(keyless.identities) : [keyless];
  return identities.some(isOpen);
}
