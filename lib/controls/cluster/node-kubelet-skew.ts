import { kubeletVersionOf, parseKubeVersion } from "../../inventory/kube-version";
import { defineControl, unknown, weakness } from "../define";

const PATH = "status.nodeInfo.kubeletVersion";
const ALLOWED_MINORS = 3;

export default defineControl({
  id: "node-kubelet-skew",
  layer: "cluster",
  severity: "high",
  title: "Kubelets are at most two minor versions behind the API server",
  failure: "runs a kubelet too far from the version of the API server",
  why: "Outside the supported distance, fixes and security fields that the API server accepts may be ignored by the node. The pod looks hardened and is not.",
  fix: "Upgrade or replace the node. A kubelet may be up to three minors older than the API server, and never newer; at three the next upgrade of the server leaves it behind.",
  verify: "kubectl version && kubectl get nodes",
  tips: ["S1"],
  frameworks: { nsa: ["UP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/releases/version-skew-policy/"],
  subject: "node",
  reads: [],
  check: (node, { kubeVersion }) => {
    const value = kubeletVersionOf(node);
    const kubelet = value === undefined ? null : parseKubeVersion(value);
    if (!kubelet) return unknown("The node does not say which kubelet it runs.");
    if (!kubeVersion) return unknown("The version of the API server is not known.");
    const behind = kubeVersion.minor - kubelet.minor;
    if (kubeVersion.major !== kubelet.major || behind < 0)
      return [weakness(PATH, value, `The kubelet ${value} is newer than the API server ${kubeVersion.text}.`)];
    if (behind > ALLOWED_MINORS)
      return [
        weakness(PATH, value, `The kubelet ${value} is ${behind} minors behind the API server ${kubeVersion.text}; at most ${ALLOWED_MINORS} are supported.`),
      ];
    if (behind === ALLOWED_MINORS) {
      return [
        weakness(
          PATH,
          value,
          `The kubelet ${value} is ${behind} minors behind the API server ${kubeVersion.text}: the next upgrade of the server leaves it unsupported.`,
          { severity: "medium" },
        ),
      ];
    }
    return [];
  },
  remedy: null,
});
