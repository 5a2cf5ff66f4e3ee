/** A change of a kubelet's settings, and where it is made: `change` ends before the place, `after` follows it. */
export function kubeletFix(change: string, after = ""): string {
  const place = "in the KubeletConfiguration of the node (kubeadm: /var/lib/kubelet/config.yaml; a managed service: the settings of its node pool)";
  return `${change} ${place}, and restart the kubelet.${after === "" ? "" : ` ${after}`}`;
}
