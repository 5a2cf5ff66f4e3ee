import { namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./psa-label-invalid";

const PREFIX = "pod-security.kubernetes.io/";
const labelled = (labels: Record<string, string>) => [
  namespace({ labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${PREFIX}${key}`, value])) }),
];

describeControl(control, {
  fails: [
    {
      name: "a level that is none",
      objects: labelled({ enforce: "strict" }),
      severity: "medium",
      evidence: [{ path: `metadata.labels["${PREFIX}enforce"]`, value: "strict" }],
    },
    { name: "a warning level that is none", objects: labelled({ warn: "Restricted" }) },
    { name: "a version that is none", objects: labelled({ "enforce-version": "1.30" }), severity: "medium" },
    { name: "a misspelt key", objects: labelled({ enforced: "restricted" }), evidence: [{ path: `metadata.labels["${PREFIX}enforced"]` }] },
    { name: "a version of long ago", objects: labelled({ "enforce-version": "v1.25" }), kubeVersion: "1.35", severity: "low" },
    { name: "a version of the future", objects: labelled({ "audit-version": "v1.40" }), kubeVersion: "1.35", severity: "info" },
  ],
  passes: [
    { name: "valid labels", objects: labelled({ enforce: "baseline", audit: "restricted", "audit-version": "latest" }) },
    { name: "a version of last year", objects: labelled({ "enforce-version": "v1.31" }), kubeVersion: "1.35" },
    { name: "a cluster of unknown version", objects: labelled({ "enforce-version": "v1.20" }) },
  ],
});
