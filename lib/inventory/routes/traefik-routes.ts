import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { type AddOnGuards, addOnGuardsView } from "./add-on-guards";
import { type AddressReach, findWidest, passGuard } from "./address-reach";
import type { EntryPoint } from "./entry-point";
import { followWays, listSent, type Step, type Way } from "./follow-ways";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import type { KubeObject } from "../kube-object";
import type { RoutedBackend } from "./route-entry";
import { ROUTER_READS, type ToFront } from "./router-front";
import { INTERNAL, OWN_PAGES, TRAEFIK_API, type TraefikEntryPoint, type TraefikProgram, traefikProgramsView } from "./traefik-programs";
import { defineView } from "../view";

const KINDS = new Set(["IngressRoute", "IngressRouteTCP", "IngressRouteUDP"]);

/** Names of TraefikServices may end with what they are read by. */
const OWN_PROVIDER = /@kubernetescrd$/;

const CLASS = "kubernetes.io/ingress.class";

/** What names no class is for those that serve no class, and so is what names their own. */
function listServing({ annotations }: KubeObject, programs: readonly TraefikProgram[]): readonly TraefikProgram[] {
  const own = annotations[CLASS] ?? "";
  return programs.filter(({ className }) => className === own || (className === "" && own === "traefik"));
}

/** An entry point that a route is served at; null = not shown. */
export interface ServedAt {
  readonly program: TraefikProgram;
  readonly name: string | null;
  readonly entryPoint: TraefikEntryPoint | null;
}

/** Where a program listens for what names these entry points. */
export function listEntryPoints(names: readonly string[], program: TraefikProgram): readonly ServedAt[] {
  const { entryPoints } = program;
  const named = names.map((name) => name.toLowerCase());
  const all = [...entryPoints].flatMap(([name, { isDefault }]) => (name === INTERNAL ? [] : { name, isDefault }));
  const defaults = all.filter(({ isDefault }) => isDefault);
  const asked = named.length > 0 ? named : (defaults.length > 0 ? defaults : all).map(({ name }) => name);
  return asked.length > 0 ? asked.map((name) => ({ program, name, entryPoint: entryPoints.get(name) ?? null })) : [{ program, name: null, entryPoint: null }];
}

/** Nowhere, by the settings of every Traefik that is seen and might. */
const LEFT_OUT: readonly ServedAt[] = [];

/** Where a route is served: the very same list for all that ask for the same. */
export const traefikPlacesView = defineView({
  reads: ["workloads"],
  compute: ({ view }): ((route: KubeObject) => readonly ServedAt[]) => {
    const programs = view(traefikProgramsView);
    const known = new Map<string, readonly ServedAt[]>();
    return (route) => {
      const asked = listServing(route, programs);
      const serving = asked.filter(({ watches }) => watches(route.ref.namespace, route.labels));
      if (asked.length > 0 && serving.length === 0) return LEFT_OUT;
      const key = JSON.stringify([serving.map((program) => programs.indexOf(program)), record(route.body.spec).entryPoints]);
      const found = known.get(key) ?? serving.flatMap((program) => listEntryPoints(texts(record(route.body.spec).entryPoints), program));
      known.set(key, found);
      return found;
    };
  },
});

const CLIENTS = /(!\s*)?ClientIP\(([^()]*)\)/gi;
/** Another condition will do, too, or the opposite of several. */
const LEAVES_OUT = /\|\||!\s*\(/;

/** A rule for some clients alone. */
function guardOfMatch(match: string): Guard {
  const [clients] = LEAVES_OUT.test(match) ? [] : [...match.matchAll(CLIENTS)].filter(([, not]) => not === undefined);
  const ranges = [...(clients?.[2] ?? "").matchAll(/[`"']([^`"']+)[`"']/g)].flatMap(([, range]) => range ?? []);
  return { ...NO_GUARD, ranges };
}

/** A rule that names hosts: connections are told apart by these before the options of a route are heeded. */
const NAMES_HOST = /\bHost(?:Header|SNI)?\(/i;

/** Certificates that Traefik asks its clients for: by the options that a route names, for rules with a host, or else by those that are called default. */
const tlsGuardView = defineView({
  reads: ["routeGuards"],
  compute: ({ slices, listUnread }): ((route: KubeObject, rule: JsonRecord) => Guard) => {
    const options = slices.routeGuards.filter(({ ref }) => ref.kind === "TLSOption");
    const byKey = new Map(options.map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
    // Of several with that name Traefik takes none.
    const [byDefault, ...others] = options.filter(({ ref }) => ref.name === "default");
    const unread = listUnread("routeGuards").find(({ kind }) => kind === "TLSOption");
    return ({ ref, body }, { match }) => {
      const { tls } = record(body.spec);
      if (!isRecord(tls) || tls.passthrough === true) return NO_GUARD;
      const { name, namespace } = record(tls.options);
      const isNamed = text(name) !== undefined && name !== "default" && NAMES_HOST.test(text(match) ?? "");
      const option = isNamed ? byKey.get(`${text(namespace) ?? ref.namespace}/${text(name)}`) : others.length === 0 ? byDefault : undefined;
      if (record(record(option?.body.spec).clientAuth).clientAuthType === "RequireAndVerifyClientCert") return SIGN_IN;
      if (unread === undefined) return NO_GUARD;
      return { ...NO_GUARD, untold: `Whether a TLSOption asks for certificates in front of ${ref.kind} ${ref.name} was not read: ${unread.reason}` };
    };
  },
});

function guardOfRule({ ref }: KubeObject, rule: JsonRecord, { ofMiddlewares }: AddOnGuards): Guard {
  const kind = ref.kind === "IngressRouteTCP" ? "MiddlewareTCP" : "Middleware";
  return joinGuards([guardOfMatch(text(rule.match) ?? ""), ofMiddlewares(records(rule.middlewares), kind, ref.namespace)]);
}

function listParts({ body }: KubeObject): readonly JsonRecord[] {
  const { weighted, highestRandomWeight, mirroring, failover } = record(body.spec);
  const ofMirroring = isRecord(mirroring) ? [mirroring, ...records(mirroring.mirrors)] : [];
  const ofFailover = isRecord(failover) ? [record(failover.service), record(failover.fallback)] : [];
  return [...listSent(record(weighted).services), ...listSent(record(highestRandomWeight).services), ...ofMirroring, ...ofFailover];
}

export type ToTraefik = (places: readonly ServedAt[]) => AddressReach | null;

/** How what is served at any of several places is reached, by how Traefik is; of none, null. */
export const traefikReachView = defineView({
  reads: ROUTER_READS,
  compute: ({ view }): ((toFront: ToFront) => ToTraefik) => {
    const addOns = view(addOnGuardsView);
    const find = (toFront: ToFront, places: readonly ServedAt[]): AddressReach | null => {
      const ways = places.map(({ program, entryPoint }) => {
        const guard = addOns.ofProviderNames(entryPoint?.middlewares ?? [], "an entry point of Traefik");
        return passGuard(toFront(program.workload, entryPoint?.port ?? null), guard);
      });
      return findWidest(ways) ?? null;
    };
    return (toFront) => {
      const known = new Map<readonly ServedAt[], AddressReach | null>();
      return (places) => {
        const found = known.get(places) ?? find(toFront, places);
        known.set(places, found);
        return found;
      };
    };
  },
});

/** The way in by one rule of an IngressRoute, at some of the places that serve it, by how these are reached. */
export const traefikEntriesView = defineView({
  reads: ROUTER_READS,
  compute: ({ view }): ((toReach: ToTraefik, route: KubeObject, index: number, rule: JsonRecord, places: readonly ServedAt[]) => EntryPoint) => {
    const addOns = view(addOnGuardsView);
    const guardOfTls = view(tlsGuardView);
    return (toReach, route, index, rule, places) => {
      const reach = toReach(places) ?? { exposure: "possible", because: "" };
      const guard = joinGuards([guardOfTls(route, rule), guardOfRule(route, rule, addOns)]);
      const through = places.length === 0 ? "; no Traefik is seen that serves it." : ` through Traefik.${reach.because}`;
      const { because, hasSignIn = false, ...found } = passGuard({ ...reach, because: through }, guard);
      const message = `${route.ref.kind} ${route.ref.name} routes to it${because}`;
      const entry = { ...found, hasSignIn, via: route, path: `spec.routes[${index}]`, value: rule.match, message };
      if (places !== LEFT_OUT || found.exposure !== "possible") return entry;
      const why = "Traefik that is seen looks for routes in other namespaces, or with other labels";
      return { ...entry, untold: `Each ${why}: whether another serves ${route.ref.kind} ${route.ref.namespace}/${route.ref.name} is not known.` };
    };
  },
});

/** What IngressRoutes of Traefik lead to, those behind TraefikServices by the widest way into each; by how Traefik is reached. */
export const traefikBackendsView = defineView({
  reads: ROUTER_READS,
  compute: ({ slices, view }): ((toFront: ToFront) => readonly RoutedBackend[]) => {
    const routes = slices.customRoutes.filter(({ ref }) => KINDS.has(ref.kind));
    if (routes.length === 0) return () => [];
    const toPlaces = view(traefikPlacesView);
    const toEntry = view(traefikEntriesView);
    const toTraefik = view(traefikReachView);
    const mayCross = view(traefikProgramsView).some(({ mayCrossNamespaces }) => mayCrossNamespaces);
    const parts = new Map(
      slices.customRoutes.filter(({ ref }) => ref.kind === "TraefikService").map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]),
    );
    const toStep = ({ ref }: KubeObject, { kind, name, namespace, port }: JsonRecord): Step => {
      const place = text(namespace) ?? ref.namespace;
      const key = `${place}/${text(name)?.replace(OWN_PROVIDER, "")}`;
      if (kind === "TraefikService") return OWN_PAGES.test(text(name) ?? "") ? { key: TRAEFIK_API, ports: [] } : { part: parts.get(key) };
      const untold = `Whether Traefik lets ${ref.kind} ${ref.namespace}/${ref.name} lead to another namespace is not among its arguments.`;
      return { key, ports: [amount(port) ?? text(port) ?? null], ...(place !== ref.namespace && !mayCross && { untold }) };
    };
    const toWays = (toReach: ToTraefik, route: KubeObject): readonly Way[] => {
      const places = toPlaces(route);
      return list(record(route.body.spec).routes)
        .map(record)
        .map((rule, index) => ({
          entry: toEntry(toReach, route, index, rule, places),
          steps: listSent(rule.services).map((reference) => toStep(route, reference)),
        }));
    };
    const stepsOf = (part: KubeObject): readonly Step[] => listParts(part).map((reference) => toStep(part, reference));
    return (toFront) => {
      const toReach = toTraefik(toFront);
      return followWays(
        routes.flatMap((route) => toWays(toReach, route)),
        stepsOf,
      );
    };
  },
});
