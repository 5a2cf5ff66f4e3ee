/** A change of a kubelet's settings, and where it is made: `change` ends before the place, `after` follows it. */
export function kubeletFix(change: string, after = ""): string {
  const place = "in the KubeletConfiguration of the node (kubeadm: /var/lib/kubelet/config.yaml; a managed service: the settings of its node pool)";
  return `${change} ${place}, and restart the kubelet, whose flags override that file.${after === "" ? "" : ` ${after}`}`;
}

/** What asking for a serving certificate costs until somebody approves the request. */
export const UNTIL_APPROVED =
  "With `serverTLSBootstrap` the node has no serving certificate until its request is approved: its logs, exec and metrics fail until then.";
