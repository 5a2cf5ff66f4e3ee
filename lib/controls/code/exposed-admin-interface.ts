import { listAdminContainers } from "../../inventory/routes/admin-console";
import { readFlags, toSwitch } from "../../inventory/nodes/component-flags";
import type { EntryPoint } from "../../inventory/routes/entry-point";
import { exposureView } from "../../inventory/routes/exposure";
import { unreadRoutersView } from "../../inventory/routes/other-routers";
import { traefikDashboardsView } from "../../inventory/routes/traefik-dashboard";
import type { Container } from "../../inventory/workloads/workload";
import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { type ResourceRef, resourceKey } from "../../model/resource-ref";
import type { PatchOp } from "../../model/patch";
import type { Severity } from "../../model/severity";
import { defineControl, safe, unknown, type Weakness, weakness } from "../define";
import { leaveHostNetwork } from "../remedies/leave-host-network";
import { remove, removeAll, set } from "../remedies/ops";

const SEVERITY: Partial<Record<EntryPoint["exposure"], Severity>> = { external: "critical", possible: "high", node: "high", "external-restricted": "medium" };

function closeService(spec: Readonly<Record<string, unknown>>): PatchOp[] {
  const ports = Array.isArray(spec.ports)
    ? spec.ports.flatMap((port, i) => (record(port).nodePort === undefined ? [] : [remove(`spec.ports[${i}].nodePort`)]))
    : [];
  const gone = [
    "externalIPs",
    "loadBalancerSourceRanges",
    "loadBalancerClass",
    "externalTrafficPolicy",
    "healthCheckNodePort",
    "allocateLoadBalancerNodePorts",
    "loadBalancerIP",
  ];
  return [set("spec.type", "ClusterIP"), ...gone.filter((name) => spec[name] !== undefined).map((name) => remove(`spec.${name}`)), ...ports];
}

/** Rules of a route, or paths of an Ingress: only an object that serves nothing else may go. */
function countRoutes(body: JsonRecord): number {
  const spec = record(body.spec);
  const paths = records(spec.rules).map((rule) => (isRecord(rule.http) ? records(rule.http.paths).length : 1));
  return paths.reduce((sum, count) => sum + count, isRecord(spec.defaultBackend) ? 1 : 0);
}

interface NamedEntry extends EntryPoint {
  readonly console: string;
}

/** As the image of Docker starts it: with certificates that it makes, unless the variable that says where is empty. */
function isStartedWithCertificates({ spec }: Container): boolean {
  const [first] = texts(spec.args);
  const [folder] = records(spec.env).filter(({ name }) => name === "DOCKER_TLS_CERTDIR");
  return list(spec.command).length === 0 && (first === undefined || first.startsWith("-")) && (folder === undefined || (text(folder.value) ?? "") !== "");
}

/** These talk to nobody without a certificate then: etcd and what takes its flags, Docker, and BuildKit, which asks where it knows whose to take. */
function asksForCertificate(container: Container, console: string): boolean {
  const flags = readFlags(container);
  if (toSwitch(flags.get("client-cert-auth")) === true || toSwitch(flags.get("tlsverify")) === true) return true;
  if (console === "BuildKit") return flags.get("tlscacert") !== undefined;
  return console === "Docker" && toSwitch(flags.get("tls")) !== false && isStartedWithCertificates(container);
}

/** The ways into all consoles of a pod, each once: one Service may lead to several. */
function listEntries(consoles: readonly { readonly console: string; readonly entries: readonly EntryPoint[] }[]): readonly NamedEntry[] {
  const byPlace = new Map<string, NamedEntry>();
  for (const { console, entries } of consoles) {
    for (const entry of entries) {
      const place = `${entry.via ? resourceKey(entry.via.ref) : ""} ${entry.path} ${entry.message}`;
      if (!byPlace.has(place)) byPlace.set(place, { ...entry, console });
    }
  }
  return [...byPlace.values()];
}

export default defineControl({
  id: "exposed-admin-interface",
  layer: "code",
  severity: "critical",
  title: "Management interfaces and data stores are not reachable from outside",
  failure: "is a management interface or data store that can be reached from outside",
  why: "Dashboards, databases and model servers are built for people who are already trusted. One that the internet can reach is found within hours, and often needs no exploit at all.",
  action: "Close management interfaces and data stores",
  fix: "Make its Service a ClusterIP and remove the route to it; reach it by port-forward, through a VPN, or behind a proxy that asks for a sign-in.",
  verify:
    "kubectl get svc,ingress -n NAMESPACE -o wide; for kind in httproutes ingressroutes virtualservices routes.route.openshift.io httpproxies; do kubectl get $kind -A; done; kubectl get pods -n NAMESPACE -o custom-columns='POD:.metadata.name,HOSTNETWORK:.spec.hostNetwork,HOSTPORTS:.spec.containers[*].ports[*].hostPort'",
  lookFor:
    "A Service of type LoadBalancer or NodePort, an Ingress or a route that leads to it, or its pod with the network or a port of its node. Errors about kinds of routes: what serves them is not installed.",
  tips: ["S2", "S1"],
  frameworks: { nsa: ["CP", "HC"], mitre: ["T1133", "T1190"], mstm: ["MS-TA9005"], owasp: ["K06"] },
  references: [
    "https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/",
    "https://kubernetes.io/docs/concepts/security/security-checklist/",
  ],
  aliases: ["exposed-admin-ui"],
  subject: "workload",
  reads: [
    "services",
    "ingresses",
    "ingressClasses",
    "gateways",
    "nodes",
    "workloads",
    "endpointSlices",
    "configMaps",
    "targetGroupBindings",
    "customResourceDefinitions",
    "routeGuards",
    "customRoutes",
  ],
  softReads: ["ingressClasses", "endpointSlices", "configMaps", "targetGroupBindings", "customResourceDefinitions", "customRoutes"],
  extraReads: ["namespaces"],
  wholeCluster: "pass",
  check: ({ workload, pod, containers }, context) => {
    const consoles = listAdminContainers(containers);
    const dashboard = context.view(traefikDashboardsView).get(resourceKey(workload.ref));
    if (consoles.length === 0 && dashboard === undefined) return safe("No container is a management interface or data store that we know.");
    // Without a template of their own, each pod is as its own node has it.
    if (pod.source === "runtime" && !workload.isSynthetic && workload.ref.kind !== "StaticPod") return [];
    const entriesOf = (container: Container, console: string): readonly EntryPoint[] => {
      const entries = context.view(exposureView)(workload, pod, container);
      return asksForCertificate(container, console) ? entries.map((entry) => ({ ...entry, hasSignIn: true })) : entries;
    };
    const entries = listEntries([
      ...consoles.map(({ container, console }) => ({ console, entries: entriesOf(container, console) })),
      ...(dashboard ? [{ console: "Dashboard of Traefik", entries: dashboard }] : []),
    ]);
    const mayBeOpen = entries.filter((entry) => SEVERITY[entry.exposure] !== undefined);
    const open = mayBeOpen.filter(({ untold }) => untold === undefined);
    const untold = mayBeOpen.find((entry) => entry.untold !== undefined && !entry.hasSignIn)?.untold;
    const guarded = open.filter((entry) => entry.hasSignIn);
    const toWeakness = (entry: NamedEntry): Weakness => {
      const severity = SEVERITY[entry.exposure];
      const message = `${entry.console}: ${entry.message}`;
      return weakness(entry.path, entry.value, message, { ...(severity && { severity }), ...(entry.via && { object: entry.via.ref }), hint: entry });
    };
    const hasService = entries.some(({ via }) => via?.ref.kind === "Service");
    const isOwn = (from?: ResourceRef): boolean => from !== undefined && resourceKey(from) === resourceKey(workload.ref);
    const untoldRouter = context.view(unreadRoutersView).find(({ from }) => hasService || isOwn(from));
    const refused = entries.filter((entry) => entry.exposure === "none");
    if (open.length === guarded.length && untoldRouter !== undefined) return unknown(untoldRouter.reason);
    if (open.length === guarded.length && untold !== undefined) return unknown(untold);
    if (open.length === guarded.length) return { state: "pass", notes: [...guarded, ...refused].map(toWeakness) };
    return open.filter((entry) => !entry.hasSignIn).map(toWeakness);
  },
  remedy: ({ pod }, weaknesses) => {
    const entry = weaknesses[0]?.hint as EntryPoint | undefined; // safe: every weakness of this control carries one
    const closing = weaknesses.flatMap(({ hint }) => (hint as EntryPoint).closing ?? []); // safe: as above
    if (closing.length > 0 && closing.length === weaknesses.length)
      return { ops: closing, risk: "may-break", note: "Reach the dashboard by a route that asks for a sign-in." };
    const isOnNode = weaknesses.every(({ hint }) => (hint as EntryPoint).via === null); // safe: as above
    if (isOnNode && pod.spec.hostNetwork === true) return leaveHostNetwork(pod);
    if (isOnNode) return { ops: removeAll(weaknesses.map(({ path }) => path)), risk: "may-break", note: "Publish the ports through a Service." };
    if (weaknesses.length !== 1 || !entry?.via) return null;
    if (entry.via.ref.kind === "ConfigMap")
      return { target: entry.via.ref, ops: [remove(entry.path)], risk: "may-break", note: "Close the port in the Service of the ingress controller, too." };
    const mirror = /^(.*)\.requestMirror\.backendRef$/.exec(entry.path)?.[1];
    if (mirror !== undefined) return { target: entry.via.ref, ops: [remove(mirror)], risk: "may-break", note: "It gets no copies of requests any more." };
    if (entry.via.ref.kind !== "Service" && countRoutes(entry.via.body) !== 1) return null;
    if (entry.via.ref.kind !== "Service")
      return {
        ops: [],
        remove: [entry.via.ref],
        risk: "may-break",
        note: "Removes the route: reach the interface by port-forward or behind a proxy that asks for a sign-in.",
      };
    return {
      target: entry.via.ref,
      ops: closeService(record(entry.via.body.spec)),
      risk: "may-break",
      note: "Reach it by port-forward, through a VPN, or behind a proxy that asks for a sign-in.",
    };
  },
});
