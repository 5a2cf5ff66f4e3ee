import { handlerOf, isSandboxClass } from "../../inventory/workloads/sandbox-runtime-class";
import type { Workload } from "../../inventory/workloads/workload";
import { defineWorkloadFact } from "../../inventory/workloads/workload-fact";
import { text } from "../../model/json";
import { defineControl, weakness } from "../define";

/** The first workload that names each RuntimeClass. */
const runtimeClassUsersView = defineWorkloadFact({
  start: () => new Map<string, Workload>(),
  add: (users, workload, pods) => {
    if (workload.isDormant || workload.isFinished) return;
    for (const pod of pods) {
      const name = text(pod.spec.runtimeClassName);
      if (name !== undefined && !users.has(name)) users.set(name, workload);
    }
  },
});

export default defineControl({
  id: "runtimeclass-sandbox",
  layer: "cluster",
  severity: "low",
  title: "A sandboxed runtime is installed and in use",
  failure: "has no sandboxed runtime in use",
  why: "Code that nobody has reviewed should not share a kernel with everything else. A sandbox such as gVisor or Kata Containers puts a second wall around it.",
  action: "Offer a sandboxed runtime, and use it",
  fix: "Install gVisor or Kata Containers, make a RuntimeClass for it, and set `runtimeClassName` on workloads that run code of others.",
  verify:
    "kubectl get runtimeclasses; kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,RUNTIMECLASS:.spec.runtimeClassName' | grep -v '<none>$'",
  lookFor: "No class whose HANDLER is a sandbox, such as runsc or kata, or no pod below that names it.",
  tips: ["S4"],
  frameworks: { nsa: ["HC"], mitre: ["T1611"] },
  references: ["https://kubernetes.io/docs/concepts/containers/runtime-class/", "https://gvisor.dev/docs/", "https://katacontainers.io/docs/"],
  subject: "cluster",
  reads: ["runtimeClasses", "workloads"],
  wholeCluster: "always",
  check: (_cluster, context) => {
    const sandboxes = context.slices.runtimeClasses.filter(isSandboxClass);
    if (sandboxes.length === 0) return [weakness("", undefined, "No RuntimeClass names a sandbox.")];
    const users = context.view(runtimeClassUsersView);
    const user = sandboxes.map((item) => users.get(item.ref.name)).find((workload) => workload !== undefined);
    if (user)
      return {
        state: "pass",
        notes: [weakness("", undefined, `${user.ref.kind} ${user.ref.namespace}/${user.ref.name} runs in a sandbox.`, { object: user.ref })],
      };
    return sandboxes.map((item) => weakness("handler", handlerOf(item), `No workload uses RuntimeClass ${item.ref.name}.`, { object: item.ref }));
  },
  remedy: null,
});
