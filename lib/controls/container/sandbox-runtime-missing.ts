import { namespaceLabelsView } from "../../graph/network/namespace-labels";
import { SANDBOX_HANDLERS, TRUST_LABEL } from "../../inventory/data/sandbox-runtimes";
import type { KubeObject } from "../../inventory/kube-object";
import { text } from "../../model/json";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { set } from "../remedies/ops";

function isSandbox(runtimeClass: KubeObject): boolean {
  const handler = (text(runtimeClass.body.handler) ?? "").toLowerCase();
  return SANDBOX_HANDLERS.some((part) => handler.includes(part));
}

export default defineControl({
  id: "sandbox-runtime-missing",
  layer: "container",
  severity: "medium",
  title: "Untrusted workloads run in a sandbox",
  failure: "is marked untrusted and shares the kernel of its node",
  why: "Code that nobody vouches for can use the whole system call interface of the node's kernel. A sandboxed runtime gives it a kernel of its own, or a filter that few exploits pass.",
  action: "Run untrusted workloads in a sandbox",
  fix: `Install a sandboxed runtime (gVisor, Kata Containers), create its RuntimeClass and set \`runtimeClassName\`. What is untrusted is said by the label \`${TRUST_LABEL}=untrusted\` on the workload, its pods or its namespace.`,
  verify:
    "kubectl get runtimeclasses; kubectl get namespaces -L concentric.dev/trust; kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,TRUST:.metadata.labels.concentric\\.dev/trust,RUNTIMECLASS:.spec.runtimeClassName'",
  lookFor: "`untrusted`, of the pod or its namespace, where RUNTIMECLASS names no class whose HANDLER is a sandbox.",
  tips: ["S4"],
  frameworks: { nsa: ["HC"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/containers/runtime-class/", "https://gvisor.dev/docs/user_guide/quick_start/kubernetes/"],
  subject: "workload",
  reads: ["namespaces", "runtimeClasses"],
  check: ({ workload, pod }, context) => {
    const ofNamespace = context.view(namespaceLabelsView).get(workload.ref.namespace ?? "");
    const isUntrusted = [workload.labels, pod.labels, ofNamespace].some((labels) => labels?.[TRUST_LABEL] === "untrusted");
    if (!isUntrusted && !ofNamespace && !context.isComplete)
      return notApplicable(`The workload is not labelled ${TRUST_LABEL}=untrusted, and its namespace is not among these manifests.`);
    if (!isUntrusted) return notApplicable(`Neither the workload nor its namespace is labelled ${TRUST_LABEL}=untrusted.`);
    const path = pod.at("runtimeClassName");
    const name = text(pod.spec.runtimeClassName) ?? "";
    if (name === "") return [weakness(path, pod.spec.runtimeClassName, "It names no RuntimeClass, so it runs in the default runtime of its node.")];
    const found = context.slices.runtimeClasses.find(({ ref }) => ref.name === name);
    if (found)
      return isSandbox(found)
        ? []
        : [
            weakness("handler", found.body.handler, `The handler of RuntimeClass ${name}, ${String(found.body.handler)}, is no sandbox that we know.`, {
              object: found.ref,
            }),
          ];
    return context.isComplete
      ? [weakness(path, name, `There is no RuntimeClass ${name}: the pod cannot start.`)]
      : unknown(`These manifests do not hold the RuntimeClass ${name}.`);
  },
  remedy: ({ pod }, _, context) => {
    const existing = context.slices.runtimeClasses.find(isSandbox);
    const created = { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "gvisor" }, handler: "runsc" };
    return {
      ops: [set(pod.at("runtimeClassName"), existing?.ref.name ?? created.metadata.name)],
      ...(existing ? {} : { create: [created] }),
      risk: "may-break",
      note: "The nodes must have the runtime installed under that handler.",
    };
  },
});
