import type { KubeVersion } from "../../inventory/inventory";
import { isLevel, labelOf, labelPath, MODES } from "../../inventory/admission/pod-security-labels";
import { defineControl, type Weakness, weakness } from "../define";
import { remove, set } from "../remedies/ops";

const PREFIX = "pod-security.kubernetes.io/";
const KNOWN = new Set<string>([...MODES.map((mode) => labelOf(mode)), ...MODES.map((mode) => labelOf(mode, true))]);
const OLD_AFTER = 6;

function findVersion(key: string, value: string, cluster: KubeVersion | null): readonly Weakness[] {
  if (value === "latest") return [];
  const minor = /^v1\.(0|[1-9]\d*)$/.exec(value)?.[1];
  if (minor === undefined) return [weakness(labelPath(key), value, `${value} is no version: latest is used instead.`, { hint: "latest" })];
  if (!cluster) return [];
  const age = cluster.minor - Number(minor);
  if (age > OLD_AFTER)
    return [weakness(labelPath(key), value, `The checks of ${value} are ${age} versions older than the cluster.`, { severity: "low", hint: "latest" })];
  return age < 0
    ? [weakness(labelPath(key), value, `The cluster does not know ${value} yet, and uses its newest checks.`, { severity: "info", hint: "latest" })]
    : [];
}

export default defineControl({
  id: "psa-label-invalid",
  layer: "cluster",
  severity: "medium",
  title: "Pod Security labels are valid and current",
  failure: "has a Pod Security label that does not act as written",
  why: "A misspelt key does nothing. A misspelt level enforces restricted, or audits and warns about nothing. A version that was pinned years ago leaves out every check that was added since.",
  action: "Correct Pod Security labels",
  fix: "Correct the label: levels are privileged, baseline and restricted; versions are latest or v1.N.",
  verify: "kubectl get namespace NAMESPACE --show-labels",
  lookFor:
    "Labels that begin with `pod-security.kubernetes.io/`: a key other than enforce, audit, warn and their versions, a level or a version that does not exist, or an old one.",
  tips: ["S4"],
  frameworks: { nsa: ["PE"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces"],
  subject: "namespace",
  reads: [],
  check: (namespace, { kubeVersion }) => {
    const entries = Object.entries(namespace.labels).filter(([key]) => key.startsWith(PREFIX));
    return entries.flatMap(([key, value]): readonly Weakness[] => {
      if (!KNOWN.has(key)) return [weakness(labelPath(key), value, "Pod Security knows no label of this name.", { hint: null })];
      if (key.endsWith("-version")) return findVersion(key, value, kubeVersion);
      const acts = key === labelOf("enforce") ? "It acts as restricted." : "It acts as privileged.";
      return isLevel(value) ? [] : [weakness(labelPath(key), value, `${value} is no level. ${acts}`, { hint: "restricted" })];
    });
  },
  remedy: (_namespace, weaknesses) => ({ ops: weaknesses.map((w) => (typeof w.hint === "string" ? set(w.path, w.hint) : remove(w.path))), risk: "may-break" }),
});
