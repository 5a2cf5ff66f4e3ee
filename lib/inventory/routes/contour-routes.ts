import { amount, isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { type AddressReach, findWidest, listReported, passGuard, type ToLed } from "./address-reach";
import type { Guard } from "./guard";
import { ingressEntriesView } from "./ingress-entry";
import type { KubeObject } from "../kube-object";
import type { RoutedBackend } from "./route-entry";
import { defineView } from "../view";

/** How a virtual host is reached, and what it asks of everybody; what is the same of many hosts is held once. */
interface Host {
  readonly reach: AddressReach;
  readonly hasTls: boolean;
  readonly asksCertificate: boolean;
  /** Another service is asked of each request, unless a route leaves it out, or where a route wants it. */
  readonly asksService: "unless" | "where" | "never";
  /** Tokens are asked for, unless a route leaves it out. */
  readonly asksToken: boolean;
  readonly ranges: readonly string[];
}

interface Rule {
  readonly path: string;
  readonly rule: JsonRecord;
  /** Connections are passed on as they are. */
  readonly isRaw: boolean;
}

/** Different hosts that one HTTPProxy is part of; hardly ever more than a few. */
const MOST_HOSTS = 50;

const rangesOf = (policy: unknown): readonly string[] => records(policy).flatMap(({ cidr }) => text(cidr) ?? []);

function toHost(virtualHost: JsonRecord, reach: AddressReach): Host {
  const { tls, authorization, jwtProviders, ipAllowPolicy } = virtualHost;
  const { clientValidation, passthrough } = record(tls);
  const { skipClientCertValidation, optionalClientCertificate } = record(clientValidation);
  const isLeftOut = record(record(authorization).authPolicy).disabled === true;
  return {
    reach,
    hasTls: isRecord(tls) && passthrough !== true,
    asksCertificate: isRecord(clientValidation) && skipClientCertValidation !== true && optionalClientCertificate !== true,
    asksService: !isRecord(authorization) ? "never" : isLeftOut ? "where" : "unless",
    asksToken: records(jwtProviders).some((provider) => provider.default === true),
    ranges: rangesOf(ipAllowPolicy),
  };
}

/** What a request has to pass on its way to a rule: over plain HTTP nobody is asked who they are. */
function guardOf(host: Host, { rule, isRaw }: Rule): Guard {
  const { authPolicy, jwtVerificationPolicy, permitInsecure, ipAllowPolicy, ipDenyPolicy } = rule;
  const hasOwn = records(ipAllowPolicy).length + records(ipDenyPolicy).length > 0;
  const ranges = hasOwn ? rangesOf(ipAllowPolicy) : host.ranges;
  if (!host.hasTls || permitInsecure === true) return { hasSignIn: false, ranges };
  const { disabled } = record(authPolicy);
  const asksService = host.asksService === "unless" ? disabled !== true : host.asksService === "where" && disabled === false;
  const { require, disabled: isFree } = record(jwtVerificationPolicy);
  const asksToken = text(require) !== undefined || (host.asksToken && isFree !== true);
  return { hasSignIn: host.asksCertificate || (!isRaw && (asksService || asksToken)), ranges };
}

function listRules({ body }: KubeObject): readonly Rule[] {
  const { routes, tcpproxy } = record(body.spec);
  const web = list(routes).map((rule, index) => ({ path: `spec.routes[${index}]`, rule: record(rule), isRaw: false }));
  return isRecord(tcpproxy) ? [...web, { path: "spec.tcpproxy", rule: tcpproxy, isRaw: true }] : web;
}

/** Those that get requests, or copies of them: beside one with a weight, none without. */
function listServices({ services }: JsonRecord): readonly JsonRecord[] {
  const all = records(services);
  const isShared = all.some(({ mirror, weight }) => mirror !== true && (amount(weight) ?? 0) > 0);
  return all.filter(({ mirror, weight }) => mirror === true || !isShared || (amount(weight) ?? 0) > 0);
}

/** `namespace/name` of what a proxy includes. */
function listIncluded({ ref, body }: KubeObject): readonly string[] {
  const { includes, tcpproxy } = record(body.spec);
  // `includes` is what earlier versions call it.
  const all = [...records(includes), ...[record(tcpproxy).include, record(tcpproxy).includes].filter(isRecord)];
  return all.map(({ name, namespace }) => `${text(namespace) ?? ref.namespace}/${text(name)}`);
}

/** By how the addresses that they report are reached. */
function followProxies(proxies: readonly KubeObject[], reachOf: (addresses: readonly string[]) => AddressReach): readonly RoutedBackend[] {
  const byKey = new Map(proxies.map((proxy) => [`${proxy.ref.namespace}/${proxy.ref.name}`, proxy]));
  const hostsOf = new Map<KubeObject, Map<string, Host>>();
  const full = new Set<KubeObject>();

  const left = proxies.flatMap((proxy) => {
    const { virtualhost } = record(proxy.body.spec);
    if (!isRecord(virtualhost)) return [];
    const addresses = listReported(proxy.body);
    const { because, ...found } = reachOf(addresses);
    const host = toHost(virtualhost, { ...found, because: addresses.length === 0 ? "; it has no address yet." : `.${because}` });
    return [{ proxy, host, key: JSON.stringify(host) }];
  });
  for (let next = left.pop(); next; next = left.pop()) {
    const { proxy, host, key } = next;
    const known = hostsOf.get(proxy) ?? new Map<string, Host>();
    hostsOf.set(proxy, known);
    if (known.has(key)) continue;
    if (known.size >= MOST_HOSTS) {
      full.add(proxy);
      continue;
    }
    known.set(key, host);
    for (const part of new Set(listIncluded(proxy))) {
      const included = byKey.get(part);
      if (included) left.push({ proxy: included, host, key });
    }
  }
  // What they include is part of the same hosts: grows while it is gone through.
  for (const proxy of full) {
    for (const part of listIncluded(proxy)) {
      const included = byKey.get(part);
      if (included) full.add(included);
    }
  }
  const findUntold = (proxy: KubeObject, { exposure, hasSignIn }: AddressReach): Partial<AddressReach> => {
    const named = `HTTPProxy ${proxy.ref.namespace}/${proxy.ref.name}`;
    if (full.has(proxy) && (exposure !== "external" || hasSignIn))
      return {
        exposure: "possible",
        hasSignIn: false,
        untold: `${named} is part of more than ${MOST_HOSTS} different hosts: not all of them were followed.`,
      };
    const isInvalid = record(proxy.body.status).currentStatus === "invalid";
    return isInvalid ? { untold: `Contour calls ${named} invalid: what of it is served is not told.` } : {};
  };
  return [...hostsOf].flatMap(([proxy, hosts]) =>
    listRules(proxy).flatMap((item): readonly RoutedBackend[] => {
      const widest = findWidest([...hosts.values()].map((host) => passGuard(host.reach, guardOf(host, item))));
      if (!widest) return [];
      const { because, hasSignIn = false, ...found } = { ...widest, ...findUntold(proxy, widest) };
      const message = `HTTPProxy ${proxy.ref.name} routes to it${because}`;
      const entry = { ...found, hasSignIn, via: proxy, path: item.path, value: item.rule.conditions, message };
      return listServices(item.rule).map(({ name, port }) => ({ key: `${proxy.ref.namespace}/${text(name)}`, ports: [amount(port) ?? null], entry }));
    }),
  );
}

/** What HTTPProxies of Contour lead to: those that are a host, and those that one includes; by how routes of other routers lead to Contour. */
export const contourBackendsView = defineView({
  reads: ["customRoutes", "services", "ingresses", "ingressClasses", "nodes", "workloads", "configMaps", "targetGroupBindings", "routeGuards"],
  compute: ({ slices, view }): ((toLed: ToLed) => readonly RoutedBackend[]) => {
    const proxies = slices.customRoutes.filter(({ ref }) => ref.kind === "HTTPProxy");
    if (proxies.length === 0) return () => [];
    const { reachOf } = view(ingressEntriesView);
    return (toLed) => followProxies(proxies, (addresses) => reachOf(addresses, toLed));
  },
});
