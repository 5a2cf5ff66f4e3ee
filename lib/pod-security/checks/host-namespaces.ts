import type { AdmittedPod } from "../admitted-pod";
import type { Check, Violation } from "../check";

type HostNamespace = "hostNetwork" | "hostPID" | "hostIPC";

const MESSAGES: Readonly<Record<HostNamespace, string>> = {
  hostNetwork: "The pod uses the network of its node.",
  hostPID: "The pod sees the processes of its node.",
  hostIPC: "The pod shares the IPC namespace of its node.",
};

export function findHostNamespace(pod: AdmittedPod, field: HostNamespace): readonly Violation[] {
  return pod.spec.flag(field) === true ? [{ path: pod.spec.at(field), value: true, message: MESSAGES[field], on: "" }] : [];
}

export const hostNamespaces: Check = {
  id: "hostNamespaces",
  level: "baseline",
  rules: [{ since: 0, rule: (pod) => (["hostNetwork", "hostPID", "hostIPC"] as const).flatMap((field) => findHostNamespace(pod, field)) }],
};
