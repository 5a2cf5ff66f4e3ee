import { record, records, text } from "../../model/json";
import { type AddressReach, addressReachView, findWidest, listLed, listReported, passGuard, type ToLed, toReach } from "./address-reach";
import type { EntryPoint } from "./entry-point";
import { backendPorts } from "./ingress-backends";
import { findIngressController } from "./ingress-controller";
import { asksForInternal, ingressGuardsView } from "./ingress-guards";
import type { KubeObject } from "../kube-object";
import { serviceExposureView } from "./service-exposure";
import { defineView } from "../view";

interface IngressEntries {
  /** The way in through an Ingress, for each Service that it leads to; `routed` = how routes of other routers lead to the Service that has its address. */
  readonly ofIngress: (ingress: KubeObject, routed: ToLed) => (service: KubeObject | undefined) => EntryPoint;
  /** From where addresses are reached: by themselves, through Ingresses that lead to the Service which has them, or by routes of other routers to that. */
  readonly reachOf: (addresses: readonly string[], routed: ToLed) => AddressReach;
  /** From where what a Service leads to is reached through it: by its own ways in, or through Ingresses that lead to it. */
  readonly reachOfService: (service: KubeObject) => AddressReach;
}

/** Controllers behind one another that are followed; there are hardly ever more than two. */
const MOST_BEHIND = 20;
const TOO_MANY_BEHIND = `More than ${MOST_BEHIND} ingress controllers are behind one another: from where the last is reached was not followed.`;

export const ingressEntriesView = defineView({
  reads: ["ingresses", "ingressClasses", "services", "nodes", "targetGroupBindings", "routeGuards", "workloads", "configMaps"],
  compute: (context): IngressEntries => {
    const { slices, view } = context;
    const addresses = view(addressReachView);
    const toEntry = view(serviceExposureView);
    const toGuard = view(ingressGuardsView);
    const leading = Map.groupBy(
      slices.ingresses.flatMap((ingress) => [...backendPorts(ingress).keys()].map((name) => ({ key: `${ingress.ref.namespace}/${name}`, ingress }))),
      ({ key }) => key,
    );
    const fronts = new Map<KubeObject, (service: KubeObject) => AddressReach>();

    const enter = (ingress: KubeObject, seen: readonly KubeObject[]): ((service: KubeObject | undefined) => AddressReach) => {
      const reported = listReported(ingress.body);
      const controller = findIngressController(ingress, context);
      const isInternal = asksForInternal(ingress, controller, reported);
      const before = reach(reported, [...seen, ingress]);
      const guardOf = toGuard(ingress, controller);
      const reached: AddressReach = isInternal ? { ...before, exposure: "internal" } : before;
      return (service) => passGuard(reached, guardOf(service));
    };
    /** One that many are served through is asked once. */
    const through = (ingress: KubeObject, service: KubeObject, seen: readonly KubeObject[]): AddressReach => {
      const known = fronts.get(ingress) ?? enter(ingress, seen);
      fronts.set(ingress, known);
      const found = known(service);
      return {
        ...found,
        because: ` Ingress ${ingress.ref.namespace}/${ingress.ref.name} routes to Service ${service.ref.name}, which has its address.${found.because}`,
      };
    };
    /** Through all Ingresses that lead to a Service; found once for the many that report its address, but for those that lead to it themselves. */
    const ledTo = new Map<KubeObject, AddressReach | undefined>();
    const leadTo = (service: KubeObject, seen: readonly KubeObject[]): AddressReach | undefined => {
      const all = leading.get(`${service.ref.namespace}/${service.ref.name}`) ?? [];
      const others = all.filter(({ ingress }) => !seen.includes(ingress));
      const isForAll = others.length === all.length;
      if (isForAll && ledTo.has(service)) return ledTo.get(service);
      const widest = findWidest(others.map(({ ingress }) => through(ingress, service, seen)));
      if (isForAll) ledTo.set(service, widest);
      return widest;
    };
    const reach = (reported: readonly string[], seen: readonly KubeObject[]): AddressReach => {
      if (seen.length > MOST_BEHIND) return { exposure: "external", because: "", untold: TOO_MANY_BEHIND };
      const own = addresses.reachOf(reported);
      const services = leading.size === 0 ? [] : reported.flatMap(addresses.servicesAt);
      const led = services.flatMap((service) => leadTo(service, seen) ?? []);
      return led.length === 0 ? own : (findWidest([own, ...led]) ?? own);
    };

    return {
      reachOf: (reported, routed) => {
        const own = reach(reported, []);
        const led = listLed(reported, addresses.servicesAt, routed);
        return led.length === 0 ? own : (findWidest([own, ...led]) ?? own);
      },
      reachOfService: (service) => {
        const own = toReach(toEntry(service));
        const led = leadTo(service, []);
        return (led && findWidest([own, led])) ?? own;
      },
      ofIngress: (ingress, routed) => {
        const toOwn = enter(ingress, []);
        const reported = listReported(ingress.body);
        const isPending = reported.length === 0;
        const led = listLed(reported, addresses.servicesAt, routed);
        const guardOf = led.length === 0 ? null : toGuard(ingress, findIngressController(ingress, context));
        const toWidest = (service: KubeObject | undefined): AddressReach => {
          const own = toOwn(service);
          return (guardOf && findWidest([own, ...led.map((before) => passGuard(before, guardOf(service)))])) ?? own;
        };
        const value = records(record(ingress.body.spec).rules).map((rule) => text(rule.host) ?? "*");
        return (service) => {
          const { because, hasSignIn = false, ...found } = toWidest(service);
          const message = `Ingress ${ingress.ref.name} routes to it${isPending ? "; it has no address yet" : ""}.${because}`;
          return { ...found, via: ingress, path: "spec.rules", value, message, hasSignIn };
        };
      },
    };
  },
});
