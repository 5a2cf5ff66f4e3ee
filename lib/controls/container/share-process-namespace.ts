import { listLastingContainers } from "../../inventory/workloads/container-resources";
import { judgeRule } from "../../pod-security/judge-check";
import { defineControl } from "../define";
import { remove } from "../remedies/ops";

export default defineControl({
  id: "share-process-namespace",
  layer: "container",
  severity: "low",
  title: "Containers of a pod do not see each other's processes",
  failure: "lets its containers see each other's processes",
  why: "One compromised container can read the arguments, environment and files of the others through /proc, and may signal their processes. A sidecar is then no longer separated from the application.",
  action: "Stop sharing processes between containers",
  fix: "Remove `shareProcessNamespace`. To look into a running container use an ephemeral container with `targetContainerName`.",
  verify:
    "kubectl get pods -A -o jsonpath='{range .items[?(@.spec.shareProcessNamespace==true)]}{.metadata.namespace}/{.metadata.name}: {.spec.initContainers[*].name} {.spec.containers[*].name} {.spec.ephemeralContainers[*].name}{\"\\n\"}{end}'",
  lookFor: "Each pod listed shares them among its containers; with a single container there is nothing to share. No output: none does.",
  tips: ["S4"],
  frameworks: { nsa: ["PE"], mitre: ["T1057"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/"],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }) => {
    const lasting = listLastingContainers(pod).length;
    return judgeRule(pod, (admitted) => {
      if (admitted.spec.flag("shareProcessNamespace") !== true || lasting < 2) return [];
      return [{ path: admitted.spec.at("shareProcessNamespace"), value: true, message: `The ${lasting} containers of the pod see each other's processes.` }];
    });
  },
  remedy: ({ pod }) => ({ ops: [remove(pod.at("shareProcessNamespace"))], risk: "may-break" }),
});
