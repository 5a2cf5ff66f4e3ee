import { addToList } from "../../model/add-to-list";
import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import type { KubeObject } from "../kube-object";
import { matchesSelector } from "../labels/label-selector";
import { defineView } from "../view";

/** The kinds that a listener of a protocol can serve, whatever names it. */
const SERVED: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTPRoute", "GRPCRoute"],
  HTTPS: ["HTTPRoute", "GRPCRoute"],
  TLS: ["TLSRoute", "TCPRoute"],
  TCP: ["TCPRoute"],
  UDP: ["UDPRoute"],
};

const GROUP = "gateway.networking.k8s.io";
const NAME_LABEL = "kubernetes.io/metadata.name";

/** What an object is attached to: a Gateway, or a set of listeners that adds to one. */
export interface RouteParent {
  readonly parent: KubeObject;
  /** The one that has addresses; null = no gateway takes these listeners. */
  readonly gateway: KubeObject | null;
  /** Whether a listener of it takes the route; null = labels of the route's namespace decide, and they were not read. */
  readonly isTaken: boolean | null;
  /** Names of its listeners that take the route, or may. */
  readonly listeners: readonly string[];
}

export interface RouteAttachments {
  /** The routes that attach to a listener: by its name, by its port, or to all that its parent has. */
  readonly routesOf: (parent: KubeObject, listener: JsonRecord) => readonly KubeObject[];
  /** Those that attach to it if their namespaces have the labels that it asks for, which were not read. */
  readonly untoldRoutesOf: (parent: KubeObject, listener: JsonRecord) => readonly KubeObject[];
  /** The parents that a route names or leaves itself to, as far as they are there. */
  readonly parentsOf: (route: KubeObject) => readonly RouteParent[];
}

function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1)));
}

/** A route for other hosts than those of a listener does not attach to it. */
function sharesHost(route: KubeObject, listener: JsonRecord): boolean {
  const own = text(listener.hostname);
  const hosts = texts(record(route.body.spec).hostnames);
  return !own || hosts.length === 0 || hosts.some((host) => covers(own, host) || covers(host, own));
}

/** By its protocol, and by the kinds that it names besides. */
function servesKind(route: KubeObject, listener: JsonRecord): boolean {
  const named = records(record(listener.allowedRoutes).kinds);
  const isNamed = named.some(({ group, kind }) => text(kind) === route.ref.kind && (text(group) ?? GROUP) === apiGroup(route.ref));
  return (named.length === 0 || isNamed) && SERVED[text(listener.protocol) ?? ""]?.includes(route.ref.kind) !== false;
}

function names(from: KubeObject, reference: JsonRecord, parent: KubeObject): boolean {
  return (
    (text(reference.kind) ?? "Gateway") === parent.ref.kind &&
    text(reference.name) === parent.ref.name &&
    (text(reference.namespace) ?? from.ref.namespace) === parent.ref.namespace
  );
}

/** What a reference names, and what a parent is called. */
function placeOf(kind: string | undefined, namespace: string | null, name: string | undefined): string {
  return `${kind ?? "Gateway"} ${namespace}/${name}`;
}

const placeOfParent = ({ ref }: KubeObject): string => placeOf(ref.kind, ref.namespace, ref.name);

/** One for the routes that name none, since Gateway API 1.4. */
const isDefault = ({ ref, body }: KubeObject): boolean => ref.kind === "Gateway" && record(body.spec).defaultScope === "All";

const usesDefaults = ({ body }: KubeObject): boolean => record(body.spec).useDefaultGateways === "All";

/** Those that it names, and the default ones where it asks for them. */
function placesOf(route: KubeObject, defaults: readonly KubeObject[]): ReadonlySet<string> {
  const references = records(record(route.body.spec).parentRefs);
  const named = references.map(({ kind, namespace, name }) => placeOf(text(kind), text(namespace) ?? route.ref.namespace, text(name)));
  return new Set([...named, ...(usesDefaults(route) ? defaults.map(placeOfParent) : [])]);
}

function acceptedIn(conditions: unknown): boolean | null {
  const status = records(conditions).find((condition) => condition.type === "Accepted")?.status;
  return status === "True" ? true : status === "False" ? false : null;
}

/** What the controller of a parent says of a route, for the listener of that name where it tells them apart; null = nothing. */
function acceptance(route: KubeObject, parent: KubeObject, section?: string): boolean | null {
  const told = records(record(route.body.status).parents).flatMap((entry) => {
    const reference = record(entry.parentRef);
    if (!names(route, reference, parent)) return [];
    return section !== undefined && (text(reference.sectionName) ?? section) !== section ? [] : [acceptedIn(entry.conditions)];
  });
  return told.includes(true) ? true : told.includes(false) ? false : null;
}

/** Whether a list of namespaces takes in one; null = its labels are not known. */
type TakesIn = (allowed: unknown, fallback: "Same" | "None", own: string | null, namespace: string | null) => boolean | null;

/** Whether a listener may take the route for what both say; null = labels decide that are not known. */
function mayTake(route: KubeObject, parent: KubeObject, listener: JsonRecord, takesIn: TakesIn): boolean | null {
  const name = text(listener.name) ?? "";
  if (!servesKind(route, listener) || !sharesHost(route, listener) || acceptance(route, parent, name) === false) return false;
  const isNamed = records(record(route.body.spec).parentRefs).some(
    (reference) =>
      names(route, reference, parent) && (text(reference.sectionName) ?? name) === name && (amount(reference.port) ?? listener.port) === listener.port,
  );
  const isMeant = isNamed || (usesDefaults(route) && isDefault(parent));
  return isMeant && takesIn(record(listener.allowedRoutes).namespaces, "Same", parent.ref.namespace, route.ref.namespace);
}

/** A route that its controller calls accepted is taken by the only listener that may. */
function takes(route: KubeObject, parent: KubeObject, listener: JsonRecord, takesIn: TakesIn): boolean | null {
  const own = mayTake(route, parent, listener, takesIn);
  if (own !== null || acceptance(route, parent, text(listener.name) ?? "") !== true) return own;
  return records(record(parent.body.spec).listeners).filter((item) => mayTake(route, parent, item, takesIn) !== false).length === 1 || null;
}

/** Where a route sends traffic to: a reference of its rules, and where it stands. */
export interface RouteBackend {
  readonly ref: JsonRecord;
  readonly path: string;
  /** It gets a copy of each request; what it answers is thrown away. */
  readonly isMirror: boolean;
  /** Nothing is sent to it. */
  readonly isIdle: boolean;
  /** Of its rule. */
  readonly ruleName: string | undefined;
  /** What its gateway does with requests before. */
  readonly filters: readonly JsonRecord[];
}

function mirrorsOf(filters: unknown, at: string, ruleName: string | undefined): readonly RouteBackend[] {
  return list(filters).flatMap((filter, index) => {
    const ref = record(record(filter).requestMirror).backendRef;
    return isRecord(ref)
      ? [{ ref, path: `${at}.filters[${index}].requestMirror.backendRef`, isMirror: true, isIdle: false, ruleName, filters: records(filters) }]
      : [];
  });
}

/** In the order of its text. */
export function listRouteBackends(route: KubeObject): readonly RouteBackend[] {
  return list(record(route.body.spec).rules).flatMap((rule, index) => {
    const at = `spec.rules[${index}]`;
    const ruleName = text(record(rule).name);
    const refs = list(record(rule).backendRefs).map(record);
    const sent = refs.flatMap((ref, i): readonly RouteBackend[] => {
      const path = `${at}.backendRefs[${i}]`;
      const filters = [...records(record(rule).filters), ...records(ref.filters)];
      return [{ ref, path, isMirror: false, isIdle: ref.weight === 0, ruleName, filters }, ...(ref.weight === 0 ? [] : mirrorsOf(ref.filters, path, ruleName))];
    });
    return [...sent, ...mirrorsOf(record(rule).filters, at, ruleName)];
  });
}

export const isRoute = ({ ref }: KubeObject): boolean => ref.kind.endsWith("Route");

const isParent = ({ ref }: KubeObject): boolean => ref.kind === "Gateway" || ref.kind.endsWith("ListenerSet");

/** The Gateway that a set of listeners adds to, where it takes the set. */
function findGateway(parent: KubeObject, gateways: readonly KubeObject[], takesIn: TakesIn): KubeObject | null {
  if (parent.ref.kind === "Gateway") return parent;
  const reference = record(record(parent.body.spec).parentRef);
  const gateway = gateways.find((item) => names(parent, reference, item));
  if (!gateway) return null;
  const told = acceptedIn(record(parent.body.status).conditions);
  const allowed = record(record(gateway.body.spec).allowedListeners).namespaces;
  return (told ?? takesIn(allowed, "None", gateway.ref.namespace, parent.ref.namespace)) === false ? null : gateway;
}

/** Why it is not known whether `taker` takes a route. */
export function untoldLabels(taker: string, { ref }: KubeObject): string {
  return `Whether ${taker} takes ${ref.kind} ${ref.namespace}/${ref.name} depends on labels of namespace ${ref.namespace}, which were not read.`;
}

/** What the controller of a gateway says comes before what is written. */
export const routeAttachmentsView = defineView({
  reads: ["gateways", "namespaces"],
  compute: ({ slices, isComplete, isRead }): RouteAttachments => {
    const labels = new Map(slices.namespaces.map(({ ref, labels: own }) => [ref.name, own]));
    const isTold = isComplete && isRead("namespaces");
    const takesIn: TakesIn = (allowed, fallback, own, namespace) => {
      const { from, selector } = record(allowed);
      const wanted = text(from) ?? fallback;
      if (wanted === "All") return true;
      if (wanted !== "Selector") return wanted === "Same" && own === namespace;
      const known = labels.get(namespace ?? "");
      if (matchesSelector(selector, { ...known, [NAME_LABEL]: namespace ?? "" })) return true;
      return known || isTold ? false : null;
    };
    const parents = Map.groupBy(slices.gateways.filter(isParent), placeOfParent);
    const defaults = slices.gateways.filter(isDefault);
    const order = new Map(slices.gateways.map((object, index) => [object, index]));
    const naming = new Map<string, KubeObject[]>();
    for (const route of slices.gateways.filter(isRoute)) {
      for (const place of placesOf(route, defaults)) {
        addToList(naming, place, route);
      }
    }
    let last: { readonly parent: KubeObject; readonly listener: JsonRecord; readonly byAnswer: ReadonlyMap<boolean | null, readonly KubeObject[]> } | null =
      null;
    /** Who asks which routes a listener takes asks next of which that cannot be told. */
    const sortRoutes = (parent: KubeObject, listener: JsonRecord) => {
      if (last?.parent !== parent || last.listener !== listener)
        last = { parent, listener, byAnswer: Map.groupBy(naming.get(placeOfParent(parent)) ?? [], (route) => takes(route, parent, listener, takesIn)) };
      return last.byAnswer;
    };
    return {
      routesOf: (parent, listener) => sortRoutes(parent, listener).get(true) ?? [],
      untoldRoutesOf: (parent, listener) => sortRoutes(parent, listener).get(null) ?? [],
      parentsOf: (route) => {
        const named = [...placesOf(route, defaults)].flatMap((place) => parents.get(place) ?? []).toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
        return named.map((parent): RouteParent => {
          const gateway = findGateway(parent, slices.gateways, takesIn);
          const told = acceptance(route, parent);
          const asked = records(record(parent.body.spec).listeners).map((listener) => ({ listener, answer: takes(route, parent, listener, takesIn) }));
          const answers = asked.map(({ answer }) => answer);
          const isTaken = told ?? (answers.includes(true) || (answers.includes(null) ? null : false));
          const listeners = asked.flatMap(({ listener, answer }) => (answer === false ? [] : (text(listener.name) ?? [])));
          return { parent, gateway, isTaken: gateway !== null && isTaken, listeners };
        });
      },
    };
  },
});
