import { findAdminContainer } from "../../inventory/routes/admin-console";
import { platformView } from "../../inventory/cloud/cloud-provider";
import { readLoadBalancer } from "../../inventory/routes/load-balancer";
import { serviceTargetsView } from "../../inventory/routes/service-targets";
import type { PodView } from "../../inventory/workloads/workload";
import { type JsonRecord, list, record, records } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { cloudAnswer } from "../cloud-answer";
import { defineControl, safe, unknown, type Weakness, weakness } from "../define";
import { restrictLoadBalancer } from "../remedies/restrict-load-balancer";

/** Remote shells and desktops, container engines, cluster components, data stores and their consoles, model servers. */
const ADMIN_PORTS: ReadonlySet<unknown> = new Set([
  22, 23, 1433, 1521, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5601, 5900, 5984, 5985, 5986, 6379, 6443, 8001, 9000, 9042, 9090, 9092, 9093, 9200, 9300,
  10250, 10255, 11211, 11434, 15672, 26257, 27017,
]);
/** Ordinary web ports too: they count only when the pods behind are a known console. */
const WEB_PORTS: ReadonlySet<unknown> = new Set([8080, 8443, 3000]);

/** The numbers that named ports have on the pods behind a Service. */
const numbersByName = rememberedOf((pods: readonly PodView[]): ReadonlyMap<unknown, readonly unknown[]> => {
  const ports = pods.flatMap(({ containers }) => containers).flatMap(({ spec }) => records(spec.ports));
  const byName = Map.groupBy(ports, ({ name }) => name);
  return new Map([...byName].map(([name, named]) => [name, named.map(({ containerPort }) => containerPort)]));
});

/** The first console among the pods behind a Service: the same for thousands of Services with one selector. */
const findConsole = rememberedOf(
  (pods: readonly PodView[]): string | undefined => pods.map(({ containers }) => findAdminContainer(containers)).find((found) => found !== null)?.console,
);

/** The pods tell what number a named port has, and whether a console is behind a web port. */
function dependsOnPods({ port, targetPort }: JsonRecord): boolean {
  return typeof targetPort === "string" || WEB_PORTS.has(port) || WEB_PORTS.has(targetPort);
}

export default defineControl({
  id: "cloud-lb-admin-port-public",
  layer: "cloud",
  severity: "critical",
  title: "Public load balancers open no administrative port",
  failure: "opens an administrative port to the internet",
  why: "Databases, container engines and consoles on their usual ports are what scanners of the internet look for first. Inside a cluster many of them run without a password.",
  action: "Take administrative ports off public load balancers",
  fix: "Make the load balancer internal, admit chosen networks only (`spec.loadBalancerSourceRanges`, which load balancers of Hetzner and Linode ignore), or remove the port from the Service. Anyone who uses it from outside then needs a VPN or `kubectl port-forward`.",
  verify:
    "kubectl get svc -A --field-selector spec.type=LoadBalancer -o custom-columns='NAMESPACE:.metadata.namespace,SERVICE:.metadata.name,ADDRESS:.status.loadBalancer.ingress[*].ip,HOST:.status.loadBalancer.ingress[*].hostname,PORTS:.spec.ports[*].port,TARGETS:.spec.ports[*].targetPort,RANGES:.spec.loadBalancerSourceRanges'",
  lookFor: "The port of a database, a shell or a console under PORTS or TARGETS, where ADDRESS or HOST is public and RANGES names no networks.",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1133", "T1190", "T1613"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer"],
  subject: "service",
  reads: ["nodes", "services", "workloads"],
  check: (service, context) => {
    const platform = context.view(platformView);
    const balancer = readLoadBalancer(service, platform.provider);
    if (!balancer) return safe("The Service is not of type LoadBalancer.");
    const isUntold = balancer.reach === "pending" || (balancer.isAssumed && !context.isComplete);
    const isPending = isUntold && !balancer.isLimited && !platform.isLocal;
    if (!balancer.isOpen && !isPending) return safe("The load balancer is not open to the internet.");
    const ports = list(record(service.body.spec).ports).map(record);
    const hangsOnPods = ports.some(dependsOnPods);
    const targets = hangsOnPods ? context.view(serviceTargetsView).podsOf(service) : [];
    const console = findConsole(targets);
    const numbersOf = numbersByName(targets);
    const found = ports.flatMap(({ port, targetPort }, index): Weakness[] => {
      const numbers = [port, ...(typeof targetPort === "string" ? (numbersOf.get(targetPort) ?? []) : [targetPort])];
      const admin = numbers.find((number) => ADMIN_PORTS.has(number));
      if (admin === undefined && !(console && numbers.some((number) => WEB_PORTS.has(number)))) return [];
      const leads = admin === port ? "" : ` leads to ${String(admin)}, which`;
      const what = admin !== undefined ? `Port ${String(port)}${leads} is one for administration or data` : `Port ${String(port)} leads to ${console}`;
      return [weakness(`spec.ports[${index}].port`, port, `${what}. ${balancer.because}`)];
    });
    if (found.length > 0 && (isPending || balancer.hiddenBecause !== null)) return unknown(balancer.hiddenBecause ?? balancer.because);
    if (found.length === 0 && targets.length === 0 && !context.isComplete && hangsOnPods)
      return unknown("What listens behind it is not among these manifests.");
    return cloudAnswer(platform, found);
  },
  remedy: (service, _weaknesses, context) => restrictLoadBalancer(service, context.view(platformView).provider),
});
