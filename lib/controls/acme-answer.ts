import type { KubeObject } from "../inventory/kube-object";

/** What cert-manager made to answer a question of a certificate authority, which comes over plain HTTP. */
export function isAcmeAnswer({ labels }: KubeObject): boolean {
  return labels["acme.cert-manager.io/http01-solver"] === "true";
}
