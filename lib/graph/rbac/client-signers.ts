/** Of the certificates with which kubelets come to the API server. */
export const NODE_SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";

const CLIENT_SIGNERS = new Set(["kubernetes.io/kube-apiserver-client", "kubernetes.io/*"]);

/** Whether a rule that names signers names the one whose certificates the API server takes for any user: in full, or by its domain. A `*` alone is no name of it. */
export function namesClientSigner(names: readonly string[]): boolean {
  return names.some((name) => CLIENT_SIGNERS.has(name));
}
