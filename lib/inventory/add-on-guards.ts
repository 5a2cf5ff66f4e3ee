import { isRecord, type JsonRecord, record, records, text, texts } from "../model/json";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import type { IngressController } from "./ingress-controller";
import type { KubeObject } from "./kube-object";
import { defineView } from "./view";

/** As people and projects call what asks for a sign-in. */
const NAMES_SIGN_IN = /auth|oidc|openid|saml|jwt|ldap|\bsso\b|sign-?in|log-?in|keycloak|\bdex\b/i;
/** As people call a list of the networks that may connect. */
const NAMES_RANGES = /(?:allow|white)-?list|ip-?restrict/i;

const MIDDLEWARES = "traefik.ingress.kubernetes.io/router.middlewares";
const PLUGINS = "konghq.com/plugins";

/** By which an Ingress names add-ons of its controller, and the controllers that heed it, by the name in their class. */
const ADD_ONS: readonly (readonly [annotation: string, controllers: RegExp])[] = [
  [MIDDLEWARES, /traefik/],
  [PLUGINS, /kong/],
  ["nginx.org/policies", /^nginx\.org\//],
  ["nginx.com/policies", /^nginx\.org\//],
];

/** Of an add-on that does not show: only its name tells what it is for. */
function guardOfName(name: string, source: string): Guard {
  if (NAMES_SIGN_IN.test(name)) return SIGN_IN;
  return NAMES_RANGES.test(name) ? { ...NO_GUARD, untold: `Who may connect is decided by what ${source} names, which is not read.` } : NO_GUARD;
}

const namesOf = (value: string | undefined): readonly string[] => (value ?? "").split(",").flatMap((name) => name.trim() || []);

/** Of a plugin of Kong: one that knows an anonymous user lets everybody in as that. */
function guardOfPlugin({ body }: KubeObject): Guard {
  const { plugin, disabled, config } = body;
  const { anonymous, allow, whitelist } = record(config);
  const name = text(plugin) ?? "";
  if (disabled === true) return NO_GUARD;
  if (name === "ip-restriction") return { hasSignIn: false, ranges: [...texts(allow), ...texts(whitelist)] };
  return NAMES_SIGN_IN.test(name) && !anonymous ? SIGN_IN : NO_GUARD;
}

/** Where and under which name a Middleware of Traefik is named by another. */
type ToMiddleware = (reference: JsonRecord, namespace: string | null) => KubeObject | undefined;

/** Chains may be made of chains, and of themselves. */
function guardOfMiddleware(middleware: KubeObject, find: ToMiddleware, seen: readonly KubeObject[] = []): Guard {
  const spec = record(middleware.body.spec);
  const links = seen.includes(middleware) ? [] : records(record(spec.chain).middlewares);
  const chained = links.flatMap((link) => find(link, middleware.ref.namespace) ?? []);
  const named = [...Object.keys(spec), ...Object.keys(record(spec.plugin))];
  return joinGuards([
    named.some((name) => NAMES_SIGN_IN.test(name)) ? SIGN_IN : NO_GUARD,
    { hasSignIn: false, ranges: [spec.ipAllowList, spec.ipWhiteList].flatMap((list) => texts(record(list).sourceRange)) },
    ...chained.map((link) => guardOfMiddleware(link, find, [...seen, middleware])),
  ]);
}

export interface AddOnGuards {
  /** What an Ingress names for its controller. */
  readonly ofIngress: (ingress: KubeObject, controller: IngressController) => Guard;
  /** What a Service or a route names for Kong. */
  readonly ofPlugins: (object: KubeObject) => Guard;
  /** What a filter of a route names. */
  readonly ofFilter: (route: KubeObject, reference: JsonRecord) => Guard;
}

/** Middlewares of Traefik and plugins of Kong, by what they do; those that do not show by their names. */
export const addOnGuardsView = defineView({
  reads: ["routeGuards"],
  compute: ({ slices, listUnread }): AddOnGuards => {
    const ofKind = Map.groupBy(slices.routeGuards, ({ ref }) => ref.kind);
    const unread = new Map(listUnread("routeGuards").map(({ kind, reason }) => [kind, reason]));
    const middlewares = ofKind.get("Middleware") ?? [];
    const byProvider = new Map(middlewares.map((item) => [`${item.ref.namespace}-${item.ref.name}@kubernetescrd`, item]));
    const byKey = new Map(middlewares.map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
    const findMiddleware: ToMiddleware = ({ name, namespace }, own) => byKey.get(`${text(namespace) ?? own}/${text(name)}`);
    const plugins = new Map((ofKind.get("KongPlugin") ?? []).map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
    const clusterPlugins = new Map((ofKind.get("KongClusterPlugin") ?? []).map((item) => [item.ref.name, item]));
    const ofAll = joinGuards([...clusterPlugins.values()].filter(({ labels }) => labels.global === "true").map(guardOfPlugin));

    const orByName = (kinds: readonly string[], name: string, source: string): Guard => {
      const guard = guardOfName(name, source);
      const kind = kinds.find((item) => unread.has(item));
      if (guard !== NO_GUARD || kind === undefined) return guard;
      return { ...NO_GUARD, untold: `Whether ${kind} ${name} asks for a sign-in was not read: ${unread.get(kind)}` };
    };
    const ofPlugin = (name: string, namespace: string | null, source: string): Guard => {
      const [place, bare] = name.includes(":") ? name.split(":") : [namespace, name];
      const plugin = plugins.get(`${place}/${bare}`) ?? clusterPlugins.get(bare ?? "");
      return plugin ? guardOfPlugin(plugin) : orByName(["KongPlugin", "KongClusterPlugin"], name, source);
    };
    const ofPlugins: AddOnGuards["ofPlugins"] = ({ ref, annotations }) =>
      joinGuards(namesOf(annotations[PLUGINS]).map((name) => ofPlugin(name, ref.namespace, `the annotation ${PLUGINS}`)));
    return {
      ofPlugins,
      ofIngress: (ingress, controller) => {
        const { annotations } = ingress;
        const isKong = controller.isTold ? /kong/.test(controller.name) : /kong/.test(controller.className);
        const named = ADD_ONS.flatMap(([annotation, controllers]): readonly Guard[] => {
          if (controller.isTold && !controllers.test(controller.name)) return [];
          if (annotation === PLUGINS) return [ofPlugins(ingress)];
          const source = `the annotation ${annotation}`;
          return namesOf(annotations[annotation]).map((name) => {
            const middleware = annotation === MIDDLEWARES ? byProvider.get(name) : undefined;
            return middleware ? guardOfMiddleware(middleware, findMiddleware) : orByName(annotation === MIDDLEWARES ? ["Middleware"] : [], name, source);
          });
        });
        return joinGuards([...named, isKong ? ofAll : NO_GUARD]);
      },
      ofFilter: ({ ref }, reference) => {
        const { kind, name } = reference;
        const words = `${text(kind)} ${text(name)}`;
        if (kind === "Middleware") {
          const middleware = findMiddleware({ name }, ref.namespace);
          return middleware ? guardOfMiddleware(middleware, findMiddleware) : orByName(["Middleware"], text(name) ?? "", words);
        }
        if (kind === "KongPlugin") return ofPlugin(text(name) ?? "", ref.namespace, words);
        return isRecord(reference) ? guardOfName(words, words) : NO_GUARD;
      },
    };
  },
});
