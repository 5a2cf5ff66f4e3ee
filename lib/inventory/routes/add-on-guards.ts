import { isRecord, type JsonRecord, record, records, text, texts } from "../../model/json";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import type { IngressController } from "./ingress-controller";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** As people and projects call what asks for a sign-in. */
const NAMES_SIGN_IN = /auth|oidc|openid|saml|jwt|ldap|\bsso\b|sign-?in|log-?in|keycloak|\bdex\b/i;
/** As people call a list of the networks that may connect. */
const NAMES_RANGES = /(?:allow|white)-?list|ip-?restrict/i;

const MIDDLEWARES = "traefik.ingress.kubernetes.io/router.middlewares";
const PLUGINS = "konghq.com/plugins";

/** By which an Ingress names add-ons of its controller, and the controllers that heed it, by the name in their class. */
const ADD_ONS: readonly (readonly [annotation: string, controllers: RegExp])[] = [
  [MIDDLEWARES, /traefik/],
  ["nginx.org/policies", /^nginx\.org\//],
  ["nginx.com/policies", /^nginx\.org\//],
];

/** Of an add-on that does not show: only its name tells what it is for. */
function guardOfName(name: string, source: string): Guard {
  if (NAMES_SIGN_IN.test(name)) return SIGN_IN;
  return NAMES_RANGES.test(name) ? { ...NO_GUARD, untold: `Who may connect is decided by what ${source} names, which is not read.` } : NO_GUARD;
}

const namesOf = (value: string | undefined): readonly string[] => (value ?? "").split(",").flatMap((name) => name.trim() || []);

/** A plugin of Kong, by what it is. */
interface Plugin {
  readonly type: string;
  readonly guard: Guard;
}

/** That which signs Kong in at what it leads to asks nobody. */
const UPSTREAM = /^upstream-/;

/** One that knows an anonymous user lets everybody in as that; one that is switched off is as good as none. */
function toPlugin({ body }: KubeObject): readonly Plugin[] {
  const { plugin, disabled, config } = body;
  const { anonymous, allow, whitelist } = record(config);
  const type = text(plugin) ?? "";
  if (disabled === true) return [];
  if (type === "ip-restriction") return [{ type, guard: { hasSignIn: false, ranges: [...texts(allow), ...texts(whitelist)] } }];
  return [{ type, guard: NAMES_SIGN_IN.test(type) && !UPSTREAM.test(type) && !anonymous ? SIGN_IN : NO_GUARD }];
}

/** Where and under which name a Middleware of Traefik is named by another. */
type ToMiddleware = (reference: JsonRecord, namespace: string | null) => KubeObject | undefined;

/** Of a Middleware and all that it chains: chains may be made of chains, and of themselves. */
function guardOfMiddleware(middleware: KubeObject, find: ToMiddleware): Guard {
  const all = new Set([middleware]);
  for (const { ref, body } of all) {
    for (const link of records(record(record(body.spec).chain).middlewares)) {
      const found = find(link, ref.namespace);
      if (found) all.add(found);
    }
  }
  return joinGuards(
    [...all].map(({ body }): Guard => {
      const spec = record(body.spec);
      const named = [...Object.keys(spec), ...Object.keys(record(spec.plugin))];
      const ranges = [spec.ipAllowList, spec.ipWhiteList].flatMap((list) => texts(record(list).sourceRange));
      return { hasSignIn: named.some((name) => NAMES_SIGN_IN.test(name)), ranges };
    }),
  );
}

/** Of Envoy Gateway: it rewrites requests, answers them, or signs in at what it leads to. */
const ASKS_NOBODY = "HTTPRouteFilter";

export interface AddOnGuards {
  /** What an Ingress names for its controller, unless that is Kong. */
  readonly ofIngress: (ingress: KubeObject, controller: IngressController) => Guard;
  /** What objects name for Kong, the most special first, beside the plugins that hold for all where it is Kong for sure. */
  readonly ofPlugins: (objects: readonly KubeObject[], isKong: boolean) => Guard;
  /** What a filter of a route names. */
  readonly ofFilter: (route: KubeObject, reference: JsonRecord) => Guard;
  /** Middlewares of Traefik, of one kind, that an object of a namespace refers to. */
  readonly ofMiddlewares: (references: readonly JsonRecord[], kind: "Middleware" | "MiddlewareTCP", namespace: string | null) => Guard;
  /** Middlewares of Traefik by the names that its settings and annotations use: `namespace-name@kubernetescrd`. */
  readonly ofProviderNames: (names: readonly string[], source: string) => Guard;
}

/** Middlewares of Traefik and plugins of Kong, by what they do; those that do not show by their names. */
export const addOnGuardsView = defineView({
  reads: ["routeGuards"],
  compute: ({ slices, listUnread }): AddOnGuards => {
    const ofKind = Map.groupBy(slices.routeGuards, ({ ref }) => ref.kind);
    const unread = new Map(listUnread("routeGuards").map(({ kind, reason }) => [kind, reason]));
    const middlewares = ofKind.get("Middleware") ?? [];
    const ofTcp = ofKind.get("MiddlewareTCP") ?? [];
    const indexNames = (items: readonly KubeObject[]) => new Map(items.map((item) => [`${item.ref.namespace}-${item.ref.name}@kubernetescrd`, item]));
    const byProvider = { Middleware: indexNames(middlewares), MiddlewareTCP: indexNames(ofTcp) };
    const indexMiddlewares = (items: readonly KubeObject[]): ToMiddleware => {
      const byKey = new Map(items.map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
      return ({ name, namespace }, own) => byKey.get(`${text(namespace) ?? own}/${text(name)}`);
    };
    const find = { Middleware: indexMiddlewares(middlewares), MiddlewareTCP: indexMiddlewares(ofTcp) };
    const plugins = new Map((ofKind.get("KongPlugin") ?? []).map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
    const clusterPlugins = new Map((ofKind.get("KongClusterPlugin") ?? []).map((item) => [item.ref.name, item]));
    const ofAll = [...clusterPlugins.values()].filter(({ labels }) => labels.global === "true").flatMap(toPlugin);

    const orByName = (kinds: readonly string[], name: string, source: string): Guard => {
      const kind = kinds.find((item) => unread.has(item));
      if (kind === undefined) return guardOfName(name, source);
      return { ...NO_GUARD, untold: `Whether ${kind} ${name} asks for a sign-in was not read: ${unread.get(kind)}` };
    };
    const ofPlugin = (name: string, namespace: string | null, source: string): readonly Plugin[] => {
      const [place, bare] = name.includes(":") ? name.split(":") : [namespace, name];
      const plugin = plugins.get(`${place}/${bare}`) ?? clusterPlugins.get(bare ?? "");
      return plugin ? toPlugin(plugin) : [{ type: name, guard: orByName(["KongPlugin", "KongClusterPlugin"], name, source) }];
    };
    const ofPlugins: AddOnGuards["ofPlugins"] = (objects, isKong) => {
      const named = objects.flatMap(({ ref, annotations }) =>
        namesOf(annotations[PLUGINS]).flatMap((name) => ofPlugin(name, ref.namespace, `the annotation ${PLUGINS}`)),
      );
      const counting = new Map<string, Guard>();
      for (const { type, guard } of [...named, ...(isKong ? ofAll : [])]) if (!counting.has(type)) counting.set(type, guard);
      return joinGuards([...counting.values()]);
    };
    const ofMiddlewares: AddOnGuards["ofMiddlewares"] = (references, kind, namespace) =>
      joinGuards(
        references.map((reference) => {
          const middleware = byProvider[kind].get(text(reference.name) ?? "") ?? find[kind](reference, namespace);
          return middleware ? guardOfMiddleware(middleware, find[kind]) : orByName([kind], text(reference.name) ?? "", `${kind} ${text(reference.name)}`);
        }),
      );
    const ofProviderNames: AddOnGuards["ofProviderNames"] = (names, source) =>
      joinGuards(
        names.map((name) => {
          const middleware = byProvider.Middleware.get(name);
          return middleware ? guardOfMiddleware(middleware, find.Middleware) : orByName(["Middleware"], name, source);
        }),
      );
    return {
      ofPlugins,
      ofMiddlewares,
      ofProviderNames,
      ofIngress: (ingress, controller) => {
        const { annotations } = ingress;
        const named = ADD_ONS.flatMap(([annotation, controllers]): readonly Guard[] => {
          if (controller.isTold && !controllers.test(controller.name)) return [];
          const source = `the annotation ${annotation}`;
          const names = namesOf(annotations[annotation]);
          return annotation === MIDDLEWARES ? [ofProviderNames(names, source)] : names.map((name) => guardOfName(name, source));
        });
        return joinGuards(named);
      },
      ofFilter: ({ ref }, reference) => {
        const { kind, name } = reference;
        const words = `${text(kind)} ${text(name)}`;
        if (kind === "Middleware") return ofMiddlewares([{ name }], kind, ref.namespace);
        if (kind === "KongPlugin") return joinGuards(ofPlugin(text(name) ?? "", ref.namespace, words).map(({ guard }) => guard));
        return isRecord(reference) && kind !== ASKS_NOBODY ? guardOfName(words, words) : NO_GUARD;
      },
    };
  },
});
