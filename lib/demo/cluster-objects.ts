import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import { toAccessObjects } from "./access-objects";
import { toObject } from "./kubernetes-object";
import { toNamespaceObjects } from "./namespace-objects";
import { DEMO_NODES, nodeOf } from "./node-names";
import { isBetween, STORY } from "./story";
import { toSystemObjects } from "./system-objects";
import { DEMO_TEAMS, LOYALTY } from "./teams";
import type { DemoMoment } from "./workload-objects";

export function demoVersion(day: number): Readonly<Record<string, string>> {
  const minor = day >= STORY.upgrade ? "35" : "34";
  return { major: "1", minor, gitVersion: `v1.${minor}.2-eks-4f1b`, platform: "linux/amd64" };
}

function toNode(index: number, moment: DemoMoment): JsonRecord {
  const { name, address, instance, isNew, sinceDay } = nodeOf(index, moment.day);
  const minor = isNew ? "35" : "34";
  const zone = `eu-central-1${"abc"[index % 3] ?? "a"}`;
  const addresses = [{ type: "InternalIP", address }, ...(index === 5 && moment.day < 80 ? [{ type: "ExternalIP", address: "203.0.113.24" }] : [])];
  const labels = {
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "topology.kubernetes.io/region": "eu-central-1",
    "topology.kubernetes.io/zone": zone,
    "eks.amazonaws.com/nodegroup": index < 4 ? "general" : "ingress",
  };
  const nodeInfo = {
    osImage: isNew ? "Bottlerocket OS 1.49.0 (aws-k8s-1.35)" : "Amazon Linux 2",
    kernelVersion: isNew ? "6.12.40" : "5.10.240-238.955.amzn2.x86_64",
    containerRuntimeVersion: isNew ? "containerd://2.1.4+bottlerocket" : "containerd://1.7.27",
    kubeletVersion: `v1.${minor}.2-eks-4f1b`,
    kubeProxyVersion: `v1.${minor}.2-eks-4f1b`,
    operatingSystem: "linux",
    architecture: "amd64",
  };
  return toObject(
    "v1",
    "Node",
    { name, labels, createdAt: moment.instantOf(sinceDay) },
    { spec: { providerID: `aws:///${zone}/${instance}` }, status: { addresses, nodeInfo, conditions: [{ type: "Ready", status: "True" }] } },
  );
}

function toIngresses(moment: DemoMoment): JsonRecord[] {
  const meta = (name: string, namespace: string) => ({ name, namespace, createdAt: moment.instantOf(-40), labels: { team: namespace } });
  const rule = (host: string, service: string) => ({
    host,
    http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: service, port: { number: 80 } } } }] },
  });
  const spec = (host: string, service: string, hasTls: boolean) => ({
    spec: { ingressClassName: "edge", rules: [rule(host, service)], ...(hasTls && { tls: [{ hosts: [host], secretName: `${service}-tls` }] }) },
  });
  return [
    toObject("networking.k8s.io/v1", "Ingress", meta("shop", "checkout"), spec("shop.harbour.example", "basket", true)),
    toObject("networking.k8s.io/v1", "Ingress", meta("login", "identity"), spec("login.harbour.example", "login", true)),
    toObject("networking.k8s.io/v1", "Ingress", meta("player", "media"), spec("media.harbour.example", "player-api", moment.day >= 64)),
    toObject("networking.k8s.io/v1", "Ingress", meta("grafana", "observability"), spec("grafana.harbour.example", "grafana", true)),
    ...(moment.day >= STORY.loyalty
      ? [toObject("networking.k8s.io/v1", "Ingress", meta("points", "loyalty"), spec("points.harbour.example", "points", false))]
      : []),
  ];
}

function toProfiler(moment: DemoMoment): JsonRecord[] {
  if (!isBetween(moment.day, STORY.profiler)) return [];
  const at = moment.instantOf(STORY.profiler.from);
  const spec = {
    hostPID: true,
    serviceAccountName: "default",
    containers: [
      {
        name: "profiler",
        image: "ghcr.io/harbour/node-profiler:latest",
        securityContext: { privileged: true },
        resources: { limits: { memory: "1Gi" }, requests: { cpu: "100m", memory: "256Mi" } },
      },
    ],
  };
  const template = { metadata: { labels: { app: "node-profiler", team: "platform" } }, spec };
  const meta = {
    name: "node-profiler",
    namespace: "observability",
    labels: { app: "node-profiler", team: "platform" },
    createdAt: at,
    manager: { name: "kubectl-client-side-apply", at },
  };
  return [toObject("apps/v1", "DaemonSet", meta, { spec: { selector: { matchLabels: { app: "node-profiler" } }, template } })];
}

function toConfigMaps(moment: DemoMoment): JsonRecord[] {
  const meta = (name: string, namespace: string) => ({ name, namespace, createdAt: moment.instantOf(-40) });
  const isMoved = moment.day >= 45;
  return [
    toObject("v1", "ConfigMap", meta("features", "checkout"), { data: { "flags.yaml": "newBasket: true\nexpressCheckout: false\n" } }),
    toObject("v1", "ConfigMap", meta("airflow", "data-platform"), {
      data: isMoved
        ? { "airflow.cfg": "[core]\nparallelism = 32\n" }
        : { "airflow.cfg": "[core]\nparallelism = 32\n", SMTP_PASSWORD: "correct-horse-battery-staple-9" },
    }),
  ];
}

/** Every object of the demo cluster on one day of its story, the same on every run. */
export function toDemoObjects(moment: DemoMoment): readonly JsonRecord[] {
  const createdAt = moment.instantOf(-60);
  const system = ["kube-system", "kube-public", "kube-node-lease", "default"].map((name) =>
    toObject("v1", "Namespace", { name, labels: { "kubernetes.io/metadata.name": name }, createdAt }, { spec: { finalizers: ["kubernetes"] } }),
  );
  const systemAccounts = ["kube-system", "default"].map((namespace) => toObject("v1", "ServiceAccount", { name: "default", namespace, createdAt }, {}));
  const teams = moment.day >= STORY.loyalty ? [...DEMO_TEAMS, LOYALTY] : DEMO_TEAMS;
  return [
    ...system,
    ...systemAccounts,
    ...toSystemObjects(moment),
    ...Array.from({ length: DEMO_NODES }, (_, i) => toNode(i, moment)),
    ...teams.flatMap((team) => toNamespaceObjects(team, moment)),
    ...toAccessObjects(moment),
    ...toIngresses(moment),
    ...toConfigMaps(moment),
    ...toProfiler(moment),
  ];
}
