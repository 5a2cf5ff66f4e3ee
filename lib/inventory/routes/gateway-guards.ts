import { addOnGuardsView } from "./add-on-guards";
import { guardOfClients } from "./client-certificates";
import { isRecord, type JsonRecord, record, records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN, widenGuards } from "./guard";
import { guardOfPolicies, holdsForGateway } from "./istio-guards";
import type { KubeObject } from "../kube-object";
import { matchesSelector } from "../labels/label-selector";
import { targetsOf } from "./policy-targets";
import { defineView } from "../view";

/** A backend of a rule of a route, as one Gateway leads to it. */
interface RouteWay {
  readonly route: KubeObject;
  /** Of the rule. */
  readonly ruleName: string | undefined;
  /** What the route is attached to: the Gateway, or a set of listeners of it. */
  readonly parent: KubeObject;
  readonly gateway: KubeObject;
  /** Names of the listeners of its parent that take the route. */
  readonly listeners: readonly string[];
  /** `namespace/kind/name` */
  readonly backend: string;
  /** The backend, if it is a Service that is there. */
  readonly service: KubeObject | undefined;
}

/** Kinds of policies, and the controllers of gateways that heed each. */
const HEEDED_BY: readonly (readonly [kind: string, controllers: RegExp])[] = [
  ["SecurityPolicy", /^gateway\.envoyproxy\.io\//],
  ["AuthorizationPolicy", /^istio\.io\//],
  ["GCPBackendPolicy", /^networking\.gke\.io\//],
];

const OF_KONG = /^konghq\.com\//;

const ALWAYS_ASK = ["basicAuth", "oidc", "apiKeyAuth", "extAuth"];

/** Unless it says otherwise, all is denied that no rule allows. */
function guardOfAuthorization(authorization: unknown): Guard {
  if (!isRecord(authorization) || authorization.defaultAction === "Allow") return NO_GUARD;
  const allowed = records(authorization.rules).filter(({ action }) => action === "Allow");
  if (allowed.length === 0) return SIGN_IN;
  const ofPrincipal = ({ principal }: JsonRecord): Guard =>
    isRecord(record(principal).jwt) ? SIGN_IN : { hasSignIn: false, ranges: texts(record(principal).clientCIDRs) };
  return widenGuards(allowed.map(ofPrincipal));
}

/** Of the spec of a SecurityPolicy of Envoy Gateway: tokens that may be left out keep nobody out. */
function guardOfSecurity(spec: JsonRecord): Guard {
  const isAsked = ALWAYS_ASK.some((name) => isRecord(spec[name])) || (isRecord(spec.jwt) && spec.jwt.optional !== true);
  return joinGuards([isAsked ? SIGN_IN : NO_GUARD, guardOfAuthorization(spec.authorization)]);
}

/** Of what both have, each field for itself. */
function mergeSpecs(above: JsonRecord, own: JsonRecord): JsonRecord {
  const merge = (first: unknown, second: unknown) => (isRecord(first) && isRecord(second) ? { ...first, ...second } : (second ?? first));
  return Object.fromEntries(Object.keys({ ...above, ...own }).map((name) => [name, merge(above[name], own[name])]));
}

/** Its controller says that it takes the policy nowhere: for a target that is not there, or because an older one is for the same. */
function isRefused({ body }: KubeObject): boolean {
  const told = records(record(body.status).ancestors).flatMap(({ conditions }) => records(conditions).filter(({ type }) => type === "Accepted"));
  return told.length > 0 && told.every(({ status }) => status === "False");
}

interface Targeting {
  readonly policy: KubeObject;
  /** Of a listener or a rule; undefined = all of the target. */
  readonly section: string | undefined;
}

const keyOf = ({ ref }: KubeObject): string => `${ref.namespace}/${ref.kind}/${ref.name}`;

/** The oldest first: of several for one target, it is the one that counts. */
function byAge(a: KubeObject, b: KubeObject): number {
  const [first, second] = [a, b].map(({ ref, body }) => `${text(record(body.metadata).creationTimestamp) ?? ""} ${ref.name}`);
  return (first ?? "") < (second ?? "") ? -1 : 1;
}

/** What aims at an object or a section of it, by name or by labels. */
function indexSecurity(policies: readonly KubeObject[]): (target: KubeObject, section: string | undefined) => KubeObject | undefined {
  const accepted = policies.filter((policy) => !isRefused(policy)).toSorted(byAge);
  const named = new Map<string, Targeting[]>();
  for (const policy of accepted) {
    for (const { kind, name, sectionName } of targetsOf(record(policy.body.spec))) {
      const key = `${policy.ref.namespace}/${text(kind)}/${text(name)}`;
      named.set(key, [...(named.get(key) ?? []), { policy, section: text(sectionName) }]);
    }
  }
  const selecting = Map.groupBy(
    accepted.filter(({ body }) => records(record(body.spec).targetSelectors).length > 0),
    ({ ref }) => ref.namespace,
  );
  return (target, section) => {
    const byName = named.get(keyOf(target))?.find((item) => item.section === section)?.policy;
    if (byName || section !== undefined) return byName;
    return selecting
      .get(target.ref.namespace)
      ?.find(({ body }) =>
        records(record(body.spec).targetSelectors).some((selector) => selector.kind === target.ref.kind && matchesSelector(selector, target.labels)),
      );
  };
}

const isWeb = ({ ref }: KubeObject): boolean => ref.kind === "HTTPRoute" || ref.kind === "GRPCRoute";

/** What policies beside a Gateway and its routes come to, on every listener by which a request may come in. */
export const gatewayGuardsView = defineView({
  reads: ["gateways", "routeGuards"],
  compute: ({ slices, view, listUnread }): ((way: RouteWay) => Guard) => {
    const ofKind = Map.groupBy(slices.routeGuards, ({ ref }) => ref.kind);
    const unread = new Map(listUnread("routeGuards").map(({ kind, reason }) => [kind, reason]));
    const { ofPlugins } = view(addOnGuardsView);
    const findSecurity = indexSecurity(ofKind.get("SecurityPolicy") ?? []);
    const authorization = rememberedOf((gateway: KubeObject) =>
      guardOfPolicies((ofKind.get("AuthorizationPolicy") ?? []).filter((policy) => holdsForGateway(policy, gateway))),
    );
    const proxied = new Set(
      (ofKind.get("GCPBackendPolicy") ?? [])
        .filter(({ body }) => record(record(record(body.spec).default).iap).enabled === true)
        .flatMap(({ ref, body }) => targetsOf(record(body.spec)).map(({ kind, name }) => `${ref.namespace}/${text(kind)}/${text(name)}`)),
    );
    const classes = new Map(slices.gateways.flatMap((object) => (object.ref.kind === "GatewayClass" ? [[object.ref.name, object] as const] : [])));
    /** What a more special policy does not merge with, it takes the place of. */
    const security = ({ route, ruleName, parent, gateway, listeners }: RouteWay): Guard => {
      const own = (ruleName === undefined ? undefined : findSecurity(route, ruleName)) ?? findSecurity(route, undefined);
      const ofOwn = record(own?.body.spec);
      if (own && ofOwn.mergeType === undefined) return guardOfSecurity(ofOwn);
      const ofListener = (listener: string): Guard => {
        const above = findSecurity(parent, listener) ?? findSecurity(parent, undefined) ?? findSecurity(gateway, undefined);
        return guardOfSecurity(mergeSpecs(record(above?.body.spec), ofOwn));
      };
      // One that its controller calls accepted may be taken by a listener that does not show.
      return widenGuards((listeners.length > 0 ? listeners : [""]).map(ofListener));
    };
    return (way) => {
      const { route, parent, gateway, listeners, service } = way;
      if (!isWeb(route)) return NO_GUARD;
      const gatewayClass = classes.get(text(record(gateway.body.spec).gatewayClassName) ?? "");
      const controller = gatewayClass && (text(record(gatewayClass.body.spec).controllerName) ?? "");
      const heeded = HEEDED_BY.flatMap(([kind, heeding]) => (controller === undefined || heeding.test(controller) ? [kind] : []));
      const missing = heeded.find((kind) => unread.has(kind));
      const hosts = texts(record(route.body.spec).hostnames);
      return joinGuards([
        guardOfClients(gateway, gatewayClass, parent, listeners),
        heeded.includes("SecurityPolicy") ? security(way) : NO_GUARD,
        heeded.includes("AuthorizationPolicy") && controller !== undefined ? authorization(gateway)(hosts) : NO_GUARD,
        heeded.includes("GCPBackendPolicy") && proxied.has(way.backend) ? SIGN_IN : NO_GUARD,
        controller === undefined || OF_KONG.test(controller) ? ofPlugins(service ? [route, service] : [route], controller !== undefined) : NO_GUARD,
        missing === undefined
          ? NO_GUARD
          : {
              ...NO_GUARD,
              untold: `Whether ${missing === "AuthorizationPolicy" ? "an" : "a"} ${missing} asks for a sign-in in front of ${route.ref.kind} ${route.ref.name} was not read: ${unread.get(missing)}`,
            },
      ]);
    };
  },
});
