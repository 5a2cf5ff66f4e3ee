import { record, texts } from "../../model/json";
import { judgeRule } from "../../pod-security/judge-check";
import { defineControl } from "../define";
import { capabilityName, keepCapabilities } from "../remedies/keep-capabilities";
import { set } from "../remedies/ops";

function isRaw(capability: string): boolean {
  return ["NET_RAW", "ALL"].includes(capabilityName(capability));
}

export default defineControl({
  id: "net-raw-retained",
  layer: "container",
  severity: "low",
  title: "Containers cannot make raw packets",
  failure: "keeps NET_RAW",
  why: "With raw sockets a process can forge ARP and DNS answers inside the pod network and read the traffic of its neighbours where the network plugin lets it.",
  fix: "Add `NET_RAW`, better `ALL`, to `capabilities.drop`, and do not add it back.",
  verify:
    "kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,DROPPED:.spec.containers[*].securityContext.capabilities.drop'",
  tips: ["S4", "S2"],
  frameworks: { cis: ["5.2.8"], nsa: ["PE"], mitre: ["T1557"], mstm: ["MS-TA9036"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container"],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged", "capabilities-dangerous", "capabilities-beyond-baseline", "capabilities-not-dropped"],
  check: ({ pod }) =>
    judgeRule(pod, (admitted) =>
      admitted.containers().flatMap(({ name, label, spec }) => {
        const capabilities = spec.part("securityContext").part("capabilities");
        const added = capabilities.texts("add").findIndex(isRaw);
        if (added >= 0) {
          const value = capabilities.texts("add")[added] ?? "";
          return [{ path: capabilities.at(`add[${added}]`), value, message: `Container ${label} adds ${value}.`, container: name, on: `${label}:${value}` }];
        }
        if (capabilities.texts("drop").some(isRaw)) return [];
        return [{ path: capabilities.at("drop"), value: capabilities.get("drop"), message: `Container ${label} keeps NET_RAW.`, container: name, on: label }];
      }),
    ),
  remedy: ({ containers }) => ({
    ops: [
      ...keepCapabilities(containers, (capability) => !isRaw(capability)),
      ...containers.flatMap((container) => {
        const drop = texts(record(container.securityContext.capabilities).drop);
        return drop.some(isRaw) ? [] : [set(container.at("securityContext.capabilities.drop"), [...drop, "NET_RAW"])];
      }),
    ],
    risk: "may-break",
  }),
});
