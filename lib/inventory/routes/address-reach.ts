import { byExposure, type EntryPoint, type Exposure, limitReach, sayRanges } from "./entry-point";
import type { Guard } from "./guard";
import { isIpAddress, isPublicAddress } from "../../model/ip-address";
import type { KubeObject } from "../kube-object";
import { type JsonRecord, record, records, text, texts } from "../../model/json";
import { remembered } from "../../model/remembered";
import { serviceExposureView } from "./service-exposure";
import { servicesByKeyView } from "./services-by-key";
import { defineView } from "../view";

/** Names that nobody on the internet can look up. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|svc)$|^[^.]+\.[^.]+\.svc\./i;

/** Exposure by an address that an Ingress or Gateway reports. */
function byAddress(address: string): Exposure {
  const isName = /[a-z]/i.test(address) && !address.includes(":");
  const isOutside = isPublicAddress(address) || (isName && !address.startsWith("internal-") && !LOCAL_NAME.test(address));
  return isOutside ? "external" : "internal";
}

/** Of AWS, internal ones and those on the internet alike. */
const NETWORK_LOAD_BALANCER = /\.elb\.[a-z]+(?:-[a-z]+)+-\d\.amazonaws\.com(?:\.cn)?$/;

/** The addresses at which a load balancer is there, as the status of an Ingress or a Service has them. */
export function listReported({ status }: JsonRecord): readonly string[] {
  return records(record(record(status).loadBalancer).ingress).flatMap((entry) => text(entry.ip) ?? text(entry.hostname) ?? []);
}

/** The addresses of a Service that controllers report for what they serve through it: of its load balancer, or else its own. */
function addressesOf({ body }: KubeObject): readonly string[] {
  const { type, clusterIP, clusterIPs, externalIPs } = record(body.spec);
  if (type !== "LoadBalancer") return [text(clusterIP) ?? "", ...texts(clusterIPs), ...texts(externalIPs)].filter(isIpAddress);
  return listReported(body);
}

const servesWeb = ({ body }: KubeObject): boolean => records(record(body.spec).ports).some(({ port }) => port === 80 || port === 443);

/** From where the addresses that an Ingress or a Gateway reports are reached, with one sentence on what has them; empty = none is known. */
export interface AddressReach extends Pick<EntryPoint, "untold"> {
  readonly exposure: Exposure;
  readonly because: string;
  /** Something before them asks for a sign-in; left out = nothing does. */
  readonly hasSignIn?: boolean;
}

/** How far one way in goes, for what is behind it. */
export function toReach({ exposure, message, hasSignIn, untold }: EntryPoint): AddressReach {
  return { exposure, because: ` ${message}`, ...(hasSignIn && { hasSignIn }), ...(untold !== undefined && { untold }) };
}

/** The widest that nobody has to sign in for; else the widest. */
export function findWidest(reaches: readonly AddressReach[]): AddressReach | undefined {
  const sorted = reaches.toSorted(byExposure);
  return sorted.find(({ exposure, hasSignIn }) => hasSignIn !== true && exposure !== "internal" && exposure !== "none") ?? sorted[0];
}

/** What is left of a reach behind something that everybody has to pass. */
export function passGuard(before: AddressReach, guard: Guard): AddressReach {
  const exposure = limitReach(before.exposure, guard.ranges);
  const untold = exposure === "internal" || exposure === "none" ? undefined : (guard.untold ?? before.untold);
  return {
    exposure,
    because: `${before.because}${sayRanges(guard.ranges)}`,
    hasSignIn: guard.hasSignIn || before.hasSignIn === true,
    ...(untold !== undefined && { untold }),
  };
}

/** How far routes of other routers lead to a Service; undefined = none leads to it. */
export type ToLed = (service: KubeObject) => AddressReach | undefined;

/** How far routes of other routers lead to each Service that has one of these addresses, or their names. */
export function listLed(addresses: readonly string[], servicesAt: Addresses["servicesAt"], toLed: ToLed): readonly AddressReach[] {
  return addresses.flatMap(servicesAt).flatMap((front) => {
    const found = toLed(front);
    return found ? [{ ...found, because: ` Service ${front.ref.name} has its address.${found.because}` }] : [];
  });
}

export interface Addresses {
  readonly reachOf: (addresses: readonly string[]) => AddressReach;
  /** The Services that have an address, or are called so in the cluster. */
  readonly servicesAt: (address: string) => readonly KubeObject[];
}

/** `app.shop.svc`, and what may follow. */
const SERVICE_NAME = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/i;

/** The name of a network load balancer says nothing of where it is; the Service that had it made does. */
export const addressReachView = defineView({
  reads: ["services", "nodes", "targetGroupBindings"],
  compute: ({ slices, view }): Addresses => {
    const toEntry = view(serviceExposureView);
    const owned = slices.services.flatMap((service) => [...new Set(addressesOf(service))].map((address) => ({ address, service })));
    const byOwn = Map.groupBy(owned, ({ address }) => address);
    const byKey = view(servicesByKeyView);
    const servicesAt = (address: string): readonly KubeObject[] => {
      const [, name, namespace] = SERVICE_NAME.exec(address) ?? [];
      return name === undefined ? (byOwn.get(address) ?? []).map(({ service }) => service) : [byKey.get(`${namespace}/${name}`) ?? []].flat();
    };
    // Nearly all of a cluster report the same few.
    const ofAddress = remembered(
      (address): readonly AddressReach[] => {
        const all = servicesAt(address);
        // Several may share an address, each with ports of its own.
        const web = all.filter(servesWeb);
        const entries = (web.length > 0 ? web : all)
          .map((service) => toEntry(service))
          .filter(({ exposure, untold }) => exposure !== "possible" || untold !== undefined);
        const hidden = NETWORK_LOAD_BALANCER.test(address) && {
          untold: `Whether load balancer ${address} is on the internet is told neither by its name nor by a Service.`,
        };
        if (entries.length === 0) return [{ exposure: byAddress(address), because: "", ...hidden }];
        return entries.map(toReach);
      },
      { limit: 10_000 },
    );
    return { servicesAt, reachOf: (addresses) => addresses.flatMap(ofAddress).toSorted(byExposure)[0] ?? { exposure: "possible", because: "" } };
  },
});
