import type { Answer } from "../reason";
import { decide } from "./decision";
import type { Endpoint, Target } from "./endpoint";

/** Pods that resolve names for every network. */
export function isNameServer({ namespace, labels, network }: Endpoint): boolean {
  if (network) return false;
  return (
    (namespace === "kube-system" && labels["k8s-app"] === "kube-dns") || (namespace === "openshift-dns" && "dns.operator.openshift.io/daemonset-dns" in labels)
  );
}

/** Why no packet of the sender gets to the receiver, or may not, whatever policies say: they are in networks apart; null = nothing of that kind. */
export function segregate(sender: Endpoint, receiver: Endpoint, target: Target): Answer | null {
  const network = receiver.network ?? sender.network;
  if (!network || sender.kind === "external" || receiver.kind === "external") return null;
  if (sender.isHostNetwork && receiver.isHostNetwork) return null;
  const [from, to] = [sender, receiver].map((end) => (end.isHostNetwork ? undefined : end.network));
  if (!from && !to) return null;
  if (sender.namespace === receiver.namespace && !sender.isHostNetwork && !receiver.isHostNetwork) return null;
  const unknown = [from, to].find((one) => one?.key === null);
  if (unknown) return decide(null, unknown.message, unknown.object);
  if (from?.key === to?.key) return null;
  const { message, object } = to ?? from ?? network;
  if (sender.isHostNetwork || receiver.isHostNetwork) return decide(null, `${message}: what a node reaches of it depends on where the pods run.`, object);
  const isOpened = !from && receiver.openPorts?.some(({ port, protocol }) => port === target.port && protocol === target.protocol);
  if (isOpened) return decide(null, `${message}, and the pod opens this port to the network of the cluster.`, object);
  if (isNameServer(receiver)) return decide(null, `${message}; name servers of the cluster answer there through their Service.`, object);
  if (from && to && sender.connect) return decide(null, `${message}. ${sender.connect.message}`, sender.connect.object);
  return decide(false, `${message}, and the other end is in another network.`, object, "spec");
}
