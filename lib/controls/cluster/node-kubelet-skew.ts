import { isFargateNode } from "../../inventory/cloud/cloud-provider";
import type { KubeVersion } from "../../inventory/inventory";
import { kubeProxiesView } from "../../inventory/nodes/kube-proxy";
import { kubeletVersionOf, parseKubeVersion } from "../../inventory/values/kube-version";
import { defineControl, type Outcome, unknown, type Weakness, weakness } from "../define";
import { ofVirtualNode } from "../virtual-node";

const PATH = "status.nodeInfo.kubeletVersion";
const ALLOWED_MINORS = 3;
/** Kubelets and kube-proxies before this minor version are supported for one minor less. */
const LONGER_FROM_MINOR = 25;

/** What is wrong with the distance of a component from the API server, as a weakness without its place; null = nothing. */
function judge(what: string, own: KubeVersion, server: KubeVersion): Pick<Weakness, "message" | "severity"> | null {
  const behind = server.minor - own.minor;
  if (server.major !== own.major || behind < 0) return { message: `${what} is newer than the API server ${server.text}.` };
  const allowed = own.minor < LONGER_FROM_MINOR ? ALLOWED_MINORS - 1 : ALLOWED_MINORS;
  if (behind > allowed) return { message: `${what} is ${behind} minors behind the API server ${server.text}; at most ${allowed} are supported.` };
  if (behind < ALLOWED_MINORS) return null;
  return {
    message: `${what} is ${behind} minors behind the API server ${server.text}: the next upgrade of the server leaves it unsupported.`,
    severity: "medium",
  };
}

export default defineControl({
  id: "node-kubelet-skew",
  layer: "cluster",
  severity: "high",
  title: "Kubelets and kube-proxy are at most two minor versions behind the API server",
  failure: "runs a kubelet or a kube-proxy too far from the version of the API server",
  why: "A node too far from the version of the API server may ignore fixes and security fields that the API server accepts. The pod looks hardened and is not.",
  action: "Bring kubelets and kube-proxy to the server's version",
  fix: "Upgrade or replace the node, and upgrade the DaemonSet kube-proxy with the cluster. A kubelet or kube-proxy may be up to three minors older than the API server, and never newer; at three the next upgrade of the server leaves it behind.",
  verify: "kubectl version; kubectl get nodes; kubectl -n kube-system get daemonsets -o wide",
  lookFor: "The VERSION of a node, or the tag of kube-proxy's image, three minor versions or more behind `Server Version`, or ahead of it.",
  tips: ["S1"],
  frameworks: { nsa: ["UP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/releases/version-skew-policy/"],
  subject: "node",
  reads: ["workloads"],
  softReads: ["workloads"],
  check: (node, context): Outcome => {
    const { kubeVersion } = context;
    // The kubelets of Fargate are real ones, which stay as old as their pods.
    const virtual = isFargateNode(node) ? null : ofVirtualNode(node);
    if (virtual) return virtual;
    if (!kubeVersion) return unknown("The version of the API server is not known.");
    const value = kubeletVersionOf(node);
    const kubelet = value === undefined ? null : parseKubeVersion(value);
    const proxies = context.view(kubeProxiesView).filter(({ runsOn }) => runsOn(node));
    const ofKubelet = kubelet && judge(`The kubelet ${value}`, kubelet, kubeVersion);
    const found = proxies.flatMap(({ object, image, path, version }): Weakness[] => {
      const where = path === "" ? "in a running pod of" : "of";
      const wrong = version && judge(`The kube-proxy ${version.text} ${where} ${object.kind} ${object.name}`, version, kubeVersion);
      return wrong ? [weakness(path, path === "" ? undefined : image, wrong.message, { object, ...(wrong.severity && { severity: wrong.severity }) })] : [];
    });
    if (ofKubelet) found.unshift(weakness(PATH, value, ofKubelet.message, ofKubelet.severity && { severity: ofKubelet.severity }));
    if (found.length > 0) return found;
    if (!kubelet) return unknown("The node does not say which kubelet it runs.");
    const silent = proxies.find(({ version }) => version === null);
    return silent ? unknown(`The image of ${silent.object.kind} ${silent.object.name} does not tell which kube-proxy it is.`) : [];
  },
  remedy: null,
});
