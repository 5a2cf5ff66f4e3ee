import type { ComponentFlags } from "./component-flags";

const LIST = "admission-control";
const ENABLED = "enable-admission-plugins";
const DISABLED = "disable-admission-plugins";

/** What the API server runs unless it is told not to, of all releases that take the flag. */
const BY_DEFAULT = [
  "CertificateApproval",
  "CertificateSigning",
  "CertificateSubjectRestriction",
  "ClusterTrustBundleAttest",
  "DefaultIngressClass",
  "DefaultStorageClass",
  "DefaultTolerationSeconds",
  "LimitRanger",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionWebhook",
  "NamespaceLifecycle",
  "PersistentVolumeClaimResize",
  "PodSecurity",
  "Priority",
  "ResourceQuota",
  "RuntimeClass",
  "ServiceAccount",
  "StorageObjectInUseProtection",
  "TaintNodesByCondition",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionWebhook",
];

/**
 * The flags of an API server, as it takes its old one for admission, which 1.37 still has: the list is all that runs, so that each default plugin that is not
 * in it is switched off. Beside one of the two newer flags, which are read as if they said so, it does not start.
 */
export function heedAdmissionControl(flags: ComponentFlags): ComponentFlags {
  if (!flags.get(LIST)) return flags;
  const named = flags.listOf(LIST);
  const listed: Readonly<Record<string, readonly string[]>> = { [ENABLED]: named, [DISABLED]: BY_DEFAULT.filter((plugin) => !named.includes(plugin)) };
  const actual = (name: string): string => (Object.hasOwn(listed, name) ? LIST : name);
  return {
    ...flags,
    get: (name, item) => {
      const written = flags.get(actual(name), item);
      return written && { ...written, name: actual(name) };
    },
    listOf: (name) => listed[name] ?? flags.listOf(name),
    isHidden: (name) => flags.isHidden(actual(name)),
  };
}
