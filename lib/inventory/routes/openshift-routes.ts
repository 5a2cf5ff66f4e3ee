import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { type AddressReach, findWidest, passGuard } from "./address-reach";
import { NO_GUARD } from "./guard";
import { isIpAddress } from "../../model/ip-address";
import type { KubeObject } from "../kube-object";
import type { RoutedBackend } from "./route-entry";
import { ROUTER_READS, type ToFront } from "./router-front";
import { defineView } from "../view";
import type { Workload } from "../workloads/workload";

/** Where OpenShift runs its routers, each as a Deployment that is called after it. */
const NAMESPACE = "openshift-ingress";
const PREFIX = "router-";

/** The ranges that may connect, parted by spaces; the last is what earlier versions call it. */
const RANGES = ["haproxy.router.openshift.io/ip_allowlist", "haproxy.router.openshift.io/ip_whitelist"];
const isRange = (range: string): boolean => isIpAddress(range.replace(/\/\d{1,3}$/, ""));

/** Of a list with anything else in it, such as commas, the router heeds nothing. */
function listRanges({ annotations }: KubeObject): readonly string[] {
  const lists = RANGES.map((name) => (annotations[name] ?? "").split(/\s+/).filter((range) => range !== ""));
  return lists.find((ranges) => ranges.length > 0 && ranges.every(isRange)) ?? [];
}

const PORTS = [80, 443];

interface Backend {
  readonly path: string;
  readonly reference: JsonRecord;
}

/** Of several Services, none with a weight of 0 gets requests. */
function listBackends({ body }: KubeObject): readonly Backend[] {
  const { to, alternateBackends } = record(body.spec);
  const others = list(alternateBackends).map((item, index) => ({ path: `spec.alternateBackends[${index}]`, reference: record(item) }));
  const all = [...(isRecord(to) ? [{ path: "spec.to", reference: to }] : []), ...others];
  return all.filter(({ reference }) => reference.weight !== 0);
}

/** Names of the routers that take a route; null = none has told yet, empty = none does. */
export function listRouters({ body }: KubeObject): readonly string[] | null {
  const told = records(record(body.status).ingress);
  if (told.length === 0) return null;
  const isRefused = ({ conditions }: JsonRecord) => records(conditions).some(({ type, status }) => type === "Admitted" && status === "False");
  return told.flatMap((entry) => (isRefused(entry) ? [] : (text(entry.routerName) ?? "")));
}

/** Routers of OpenShift by their names. */
export const openshiftRoutersView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): ReadonlyMap<string, Workload> =>
    new Map(
      slices.workloads.flatMap((workload) => {
        const { namespace, name } = workload.ref;
        return namespace === NAMESPACE && name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), workload] as const] : [];
      }),
    ),
});

/** What Routes of OpenShift lead to, by how its routers are reached. */
export const openshiftBackendsView = defineView({
  reads: ROUTER_READS,
  compute: ({ slices, view }): ((toFront: ToFront) => readonly RoutedBackend[]) => {
    const routes = slices.customRoutes.filter(({ ref }) => ref.kind === "Route");
    if (routes.length === 0) return () => [];
    const programs = view(openshiftRoutersView);
    const reachOf = (toFront: ToFront, names: readonly string[]): AddressReach => {
      const reaches = names.flatMap((name) => {
        const program = programs.get(name);
        if (!program) return [];
        return PORTS.map((port) => {
          const { because, ...reach } = toFront(program, port);
          return { ...reach, because: ` through router ${name}.${because}` };
        });
      });
      return findWidest(reaches) ?? { exposure: "possible", because: "; no router is seen that serves it." };
    };
    const follow = (toFront: ToFront, route: KubeObject): readonly RoutedBackend[] => {
      const { ref, body } = route;
      const routers = listRouters(route);
      const { because, hasSignIn = false, ...found } = passGuard(reachOf(toFront, routers ?? [...programs.keys()]), { ...NO_GUARD, ranges: listRanges(route) });
      const port = text(record(record(body.spec).port).targetPort) ?? null;
      const base = { ...found, hasSignIn, via: route, value: record(body.spec).host, message: `Route ${ref.name} routes to it${because}` };
      const refused = { exposure: "none" as const, message: `Route ${ref.namespace}/${ref.name} names it, but no router takes that route: it is not routed.` };
      return listBackends(route).map(({ path, reference }) => ({
        key: `${ref.namespace}/${text(reference.name)}`,
        ports: [port],
        entry: { ...base, path, ...(routers?.length === 0 && refused) },
      }));
    };
    return (toFront) => routes.flatMap((route) => follow(toFront, route));
  },
});
