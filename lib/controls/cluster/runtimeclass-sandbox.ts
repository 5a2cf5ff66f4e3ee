import { handlerOf, isSandboxClass } from "../../inventory/sandbox-runtime-class";
import { defineControl, weakness } from "../define";

export default defineControl({
  id: "runtimeclass-sandbox",
  layer: "cluster",
  severity: "low",
  title: "A sandboxed runtime is there and in use",
  failure: "has no sandboxed runtime in use",
  why: "Code that nobody has reviewed should not share a kernel with everything else. A sandbox such as gVisor or Kata Containers puts a second wall around it.",
  fix: "Install gVisor or Kata Containers, make a RuntimeClass for it, and set runtimeClassName on workloads that run code of others.",
  verify: "kubectl get runtimeclasses && kubectl get pods -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,CLASS:.spec.runtimeClassName",
  tips: ["S4"],
  frameworks: { nsa: ["HC"], mitre: ["T1611"] },
  references: ["https://kubernetes.io/docs/concepts/containers/runtime-class/", "https://gvisor.dev/docs/", "https://katacontainers.io/docs/"],
  subject: "cluster",
  reads: ["runtimeClasses", "workloads"],
  wholeCluster: "always",
  check: (_cluster, { slices }) => {
    const sandboxes = slices.runtimeClasses.filter(isSandboxClass);
    if (sandboxes.length === 0) return [weakness("", undefined, "No RuntimeClass names a sandbox.")];
    const names = new Set<unknown>(sandboxes.map((item) => item.ref.name));
    const user = slices.workloads.find((workload) => workload.views().some((pod) => names.has(pod.spec.runtimeClassName)));
    if (user)
      return {
        state: "pass",
        notes: [weakness("", undefined, `${user.ref.kind} ${user.ref.namespace}/${user.ref.name} runs in a sandbox.`, { object: user.ref })],
      };
    return sandboxes.map((item) => weakness("handler", handlerOf(item), `No workload uses RuntimeClass ${item.ref.name}.`, { object: item.ref }));
  },
  remedy: null,
});
