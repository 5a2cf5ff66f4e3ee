import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import { toObject } from "./kubernetes-object";
import { lot } from "./pod-spec";
import { isHardened, STORY } from "./story";
import type { DemoTeam } from "./teams";
import { type DemoMoment, toWorkloadObjects } from "./workload-objects";

function securityLabels(team: DemoTeam, day: number): Readonly<Record<string, string>> {
  if (!isHardened(team.team, day, STORY.labelsAfterDays)) return {};
  if (["observability", "ci", "ingress"].includes(team.namespace)) return { "pod-security.kubernetes.io/warn": "baseline" };
  return { "pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/warn": "restricted" };
}

function policies(team: DemoTeam, moment: DemoMoment): JsonRecord[] {
  const { day, instantOf } = moment;
  if (!isHardened(team.team, day, STORY.policiesAfterDays)) return [];
  const createdAt = instantOf((STORY.hardened[team.team] ?? 0) + STORY.policiesAfterDays);
  const meta = (name: string) => ({ name, namespace: team.namespace, createdAt, manager: { name: "argocd-controller", at: createdAt } });
  const dns = {
    to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  const inside = { from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }] };
  return [
    toObject("networking.k8s.io/v1", "NetworkPolicy", meta("default-deny"), { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } }),
    toObject("networking.k8s.io/v1", "NetworkPolicy", meta("allow-inside"), {
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [inside], egress: [dns, { to: [{ podSelector: {} }] }] },
    }),
  ];
}

function limits(team: DemoTeam, moment: DemoMoment): JsonRecord[] {
  if (!isHardened(team.team, moment.day, 5) && lot(`${team.namespace} quota`) > 30) return [];
  const meta = (name: string) => ({ name, namespace: team.namespace, createdAt: moment.instantOf(-20) });
  return [
    toObject("v1", "LimitRange", meta("defaults"), {
      spec: { limits: [{ type: "Container", default: { memory: "512Mi" }, defaultRequest: { cpu: "50m", memory: "64Mi" } }] },
    }),
    toObject("v1", "ResourceQuota", meta("team"), {
      spec: { hard: { "requests.cpu": "40", "requests.memory": "120Gi", "limits.memory": "200Gi", pods: "300" } },
    }),
  ];
}

function accounts(team: DemoTeam, moment: DemoMoment): JsonRecord[] {
  const isGood = isHardened(team.team, moment.day);
  const names = ["default", ...team.workloads.map((workload) => workload.name)];
  return names.map((name) =>
    toObject(
      "v1",
      "ServiceAccount",
      { name, namespace: team.namespace, createdAt: moment.instantOf(-40) },
      name === "default" && isGood ? { automountServiceAccountToken: false } : {},
    ),
  );
}

function services(team: DemoTeam, moment: DemoMoment): JsonRecord[] {
  return team.workloads.flatMap((workload) => {
    if (!workload.port) return [];
    const isEdge = workload.name === "edge-proxy" || workload.name === "checkout-gateway";
    const ranges = moment.day >= STORY.sourceRanges && workload.name === "checkout-gateway" ? { loadBalancerSourceRanges: ["198.51.100.0/24"] } : {};
    const status = isEdge ? { status: { loadBalancer: { ingress: [{ hostname: `${workload.name}-4d1f.eu-central-1.elb.amazonaws.com` }] } } } : {};
    const ports = [{ name: "http", port: isEdge ? 443 : 80, targetPort: "http", protocol: "TCP" }];
    return [
      toObject(
        "v1",
        "Service",
        { name: workload.name, namespace: team.namespace, labels: { team: team.team }, createdAt: moment.instantOf(-40) },
        { spec: { type: isEdge ? "LoadBalancer" : "ClusterIP", selector: { app: workload.name }, ports, ...(isEdge && ranges) }, ...status },
      ),
    ];
  });
}

/** Everything in one team's namespace on a day. */
export function toNamespaceObjects(team: DemoTeam, moment: DemoMoment): JsonRecord[] {
  const labels = { "kubernetes.io/metadata.name": team.namespace, team: team.team, ...securityLabels(team, moment.day) };
  return [
    toObject(
      "v1",
      "Namespace",
      { name: team.namespace, labels, createdAt: moment.instantOf(team.namespace === "loyalty" ? STORY.loyalty : -40) },
      { spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } },
    ),
    ...accounts(team, moment),
    ...services(team, moment),
    ...policies(team, moment),
    ...limits(team, moment),
    ...team.workloads.flatMap((workload) => toWorkloadObjects(team, workload, moment)),
  ];
}
