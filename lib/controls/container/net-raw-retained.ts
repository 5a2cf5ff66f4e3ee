import { record, texts } from "../../model/json";
import { judgeRule } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { capabilityName, keepCapabilities } from "../remedies/keep-capabilities";
import { set } from "../remedies/ops";
import { receiveMounts } from "../remedies/receive-mounts";

const HOLDS_RAW = ["NET_RAW", "ALL"];

/** Added under any spelling that some runtime takes: CRI-O knows the prefix. */
function addsRaw(capability: string): boolean {
  return HOLDS_RAW.includes(capabilityName(capability));
}

/** Dropped under a spelling that every runtime takes: in any case, but containerd puts `CAP_` before what it is given and finds no CAP_CAP_NET_RAW. */
function dropsRaw(capability: string): boolean {
  return HOLDS_RAW.includes(capability.toUpperCase());
}

function isPrefixedRaw(capability: string): boolean {
  return capability.toUpperCase() === "CAP_NET_RAW";
}

function sayKept(label: string, drop: readonly string[]): string {
  const prefixed = drop.find(isPrefixedRaw);
  if (prefixed === undefined) return `Container ${label} keeps NET_RAW.`;
  return `Container ${label} drops "${prefixed}": CRI-O takes it for NET_RAW, containerd for nothing.`;
}

export default defineControl({
  id: "net-raw-retained",
  layer: "container",
  severity: "low",
  title: "Containers cannot make raw packets",
  failure: "keeps NET_RAW",
  why: "With raw sockets a process can forge ARP and DNS answers inside the pod network, and read its neighbours' traffic where the network plugin lets it.",
  action: "Drop NET_RAW",
  fix: "Add `NET_RAW`, or better `ALL`, to `capabilities.drop`, without the prefix `CAP_`, and do not add it back. Programs that make raw packets, such as tcpdump and some builds of ping, then fail.",
  verify: `${containersCommand([".securityContext.capabilities.drop", ".securityContext.capabilities.add", ".securityContext.privileged"])} | awk '{ all = toupper($0) } all !~ /^[^ ]+( [^ =]+=\\[[^]]*"(ALL|NET_RAW)"[^]]*\\],[^ ]*)+$/ || all ~ /\\],\\[[^]]*"(CAP_)?(ALL|NET_RAW)"/ || all ~ /,TRUE( |$)/'`,
  lookFor:
    "A container with neither `ALL` nor `NET_RAW` in what it drops, the first list after its name, or with one of them in what it adds, the second; or `true`: it is privileged. Pods without such a container are left out.",
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
        const security = spec.part("securityContext");
        if (security.flag("privileged") === true) {
          const message = `Container ${label} runs privileged, and holds every capability whatever it drops.`;
          return [{ path: security.at("privileged"), value: true, message, container: name, on: label }];
        }
        const capabilities = security.part("capabilities");
        const added = capabilities.texts("add").findIndex(addsRaw);
        if (added >= 0) {
          const value = capabilities.texts("add")[added] ?? "";
          return [{ path: capabilities.at(`add[${added}]`), value, message: `Container ${label} adds ${value}.`, container: name, on: `${label}:${value}` }];
        }
        const drop = capabilities.texts("drop");
        if (drop.some(dropsRaw)) return [];
        return [{ path: capabilities.at("drop"), value: capabilities.get("drop"), message: sayKept(label, drop), container: name, on: label }];
      }),
    ),
  remedy: ({ containers }) => ({
    ops: [
      ...keepCapabilities(containers, (capability) => !addsRaw(capability)),
      ...containers
        .filter(({ securityContext }) => securityContext.privileged === true)
        .flatMap((container) => [set(container.at("securityContext.privileged"), false), ...receiveMounts(container)]),
      ...containers.flatMap((container) => {
        const drop = texts(record(container.securityContext.capabilities).drop);
        const others = drop.filter((capability) => !isPrefixedRaw(capability));
        return drop.some(dropsRaw) ? [] : [set(container.at("securityContext.capabilities.drop"), [...others, "NET_RAW"])];
      }),
    ],
    risk: "may-break",
  }),
});
