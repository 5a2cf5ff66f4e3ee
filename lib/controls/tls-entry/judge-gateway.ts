import type { KubeObject } from "../../inventory/kube-object";
import { gatewayProgramsView } from "../../inventory/routes/gateway-programs";
import { targetsOf } from "../../inventory/routes/policy-targets";
import { type Context, defineView } from "../../inventory/view";
import { formatPath } from "../../model/field-path";
import { type JsonRecord, list, record, text } from "../../model/json";
import { notApplicable, type Outcome, unknown, type Weakness } from "../define";
import type { IstioContext } from "./istio-defaults";
import { judgeIstioListeners } from "./judge-istio";
import { judgeTraefikGateway } from "./judge-traefik";
import { doubtReleases, type Product } from "./old-releases";
import { findOldProtocols, listWorksWithOld, namesOld, oldTls } from "./old-tls";

type GatewayContext = Context<"gateways" | "tlsSettings"> & IstioContext;

/** Of the options of listeners, what one controller writes into the configuration of nginx as it is. */
const NGINX_PROTOCOLS = "nginx.org/ssl-protocols";
const NGINX_CIPHERS = "nginx.org/ssl-ciphers";

/**
 * Controllers no release of which accepts anything older than TLS 1.2 at a Gateway where nobody asks for it: Contour had given up TLS 1.1 altogether before it knew
 * Gateways, and Envoy Gateway and Cilium began with an Envoy that refuses it. Policies that may ask Envoy Gateway for it are judged themselves.
 */
const NEW_BY_DEFAULT = /^(?:gateway\.envoyproxy\.io|io\.cilium|projectcontour\.io)\//;
const OF_TRAEFIK = /^traefik\.io\//;
const OF_ISTIO = /^istio\.io\//;
const OF_NGINX = /^gateway\.nginx\.org\//;
const OF_ENVOY_GATEWAY = /^gateway\.envoyproxy\.io\//;
/** What they are called by themselves, where classes are not among the manifests. */
const CALLED: Readonly<Record<string, string>> = {
  istio: "istio.io/gateway-controller",
  cilium: "io.cilium/gateway-controller",
  contour: "projectcontour.io/gateway-controller",
  traefik: "traefik.io/gateway-controller",
};

/** From 2 on its nginx, with or without Plus, accepts nothing older than TLS 1.2 by itself, which came with 1.27.3. */
const FABRIC: Product = {
  name: "NGINX Gateway Fabric",
  path: /(?:^|[/-])nginx-gateway-fabric(?:\/nginx(?:-plus)?)?$/,
  firstNew: { major: 2, minor: 0 },
  oldOnes: "may accept TLS 1.0 then",
};
/** Raw configuration of nginx that anybody may write into objects. */
const TAKES_SNIPPETS = /^--?snippets[\w-]*(?:=(?!false$).*)?$/;
/** Load balancers of a cloud: a policy there, or one of a kind that is not read, says what they accept. */
const OF_CLOUD = /^(?:networking\.gke\.io|gateway\.k8s\.aws|application-networking\.k8s\.aws|alb\.networking\.azure\.io)\//;

/** The gateway itself, and of a set of listeners that which it adds to. */
const gatewayView = defineView({
  reads: ["gateways"],
  compute: ({ slices }): ((entry: KubeObject) => KubeObject | null) => {
    const gateways = new Map(slices.gateways.flatMap((item) => (item.ref.kind === "Gateway" ? [[`${item.ref.namespace}/${item.ref.name}`, item]] : [])));
    return (entry) => {
      const { name, namespace } = record(record(entry.body.spec).parentRef);
      return entry.ref.kind === "Gateway" ? entry : (gateways.get(`${text(namespace) ?? entry.ref.namespace}/${text(name)}`) ?? null);
    };
  },
});

const controllersView = defineView({
  reads: ["gateways"],
  compute: ({ slices }): ReadonlyMap<string, string> =>
    new Map(slices.gateways.flatMap(({ ref, body }) => (ref.kind === "GatewayClass" ? [[ref.name, text(record(body.spec).controllerName) ?? ""]] : []))),
});

function endsTls({ protocol, tls }: JsonRecord): boolean {
  return (protocol === "HTTPS" || protocol === "TLS") && record(tls).mode !== "Passthrough";
}

function weaknessesOf(listener: unknown, index: number): readonly Weakness[] {
  const options = record(record(record(listener).tls).options);
  const written = text(options[NGINX_PROTOCOLS]) ?? "";
  const old = findOldProtocols(written);
  if (!endsTls(record(listener)) || old.length === 0) return [];
  const path = formatPath(["spec", "listeners", index, "tls", "options", NGINX_PROTOCOLS]);
  return [oldTls(path, written, namesOld(old), listWorksWithOld(text(options[NGINX_CIPHERS]) ?? "HIGH"))];
}

const namesVersions = (listener: unknown): boolean => (text(record(record(record(listener).tls).options)[NGINX_PROTOCOLS]) ?? "") !== "";

/** Whether a policy of Envoy Gateway may say which versions a gateway accepts: one that chooses gateways by labels may mean it. */
function mayTell({ ref, body }: KubeObject, gateway: KubeObject): boolean {
  const spec = record(body.spec);
  if (ref.kind !== "ClientTrafficPolicy" || ref.namespace !== gateway.ref.namespace || record(spec.tls).minVersion === undefined) return false;
  const isNamed = targetsOf(spec).some(({ kind, name }) => kind === gateway.ref.kind && name === gateway.ref.name);
  return isNamed || list(spec.targetSelectors).length > 0;
}

function judgeFabric({ ref }: KubeObject, { view }: GatewayContext): Outcome {
  const programs = view(gatewayProgramsView);
  const own = programs
    .filter(({ gateway }) => gateway === `${ref.namespace}/${ref.name}`)
    .flatMap(({ containers }) => containers.filter(({ name }) => name === "nginx"));
  const all = programs.flatMap(({ containers }) => containers).filter(({ image }) => image.includes("nginx-gateway-fabric"));
  const doubt = doubtReleases(
    [...own, ...all].map(({ image }) => image),
    FABRIC,
  );
  if (doubt !== null) return unknown(`No versions are named: ${doubt}.`);
  return all.some(({ words }) => words.some((word) => TAKES_SNIPPETS.test(word)))
    ? unknown("No versions are named: its controller takes raw configuration, which may name them and is not read.")
    : [];
}

/** A gateway of the Gateway API: its listeners, which say it in options of their controller, if at all. */
export function judgeGateway(entry: KubeObject, context: GatewayContext): Outcome {
  const { view } = context;
  const listeners = list(record(entry.body.spec).listeners);
  const ending = new Map([...listeners.entries()].filter(([, listener]) => endsTls(record(listener))));
  if (ending.size === 0) return notApplicable("It ends no TLS.");
  const gateway = view(gatewayView)(entry);
  const className = text(record(gateway?.body.spec).gatewayClassName);
  const told = view(controllersView).get(className ?? "");
  const found = told !== undefined && !OF_NGINX.test(told) ? [] : listeners.flatMap(weaknessesOf);
  if (found.length > 0) return found;
  if (gateway === null || className === undefined) return unknown("Which versions are accepted is up to the gateway that it adds to, which is not there.");
  const controller = told ?? CALLED[className];
  if (controller === undefined) return unknown(`Which versions are accepted is up to the controller of its class ${className}, which is not there.`);
  if (OF_TRAEFIK.test(controller)) return judgeTraefikGateway(context);
  if (OF_ISTIO.test(controller)) return judgeIstioListeners(gateway, ending, context);
  if (OF_NGINX.test(controller)) return [...ending.values()].every(namesVersions) ? [] : judgeFabric(gateway, context);
  if (OF_ENVOY_GATEWAY.test(controller)) {
    if (!context.isRead("tlsSettings")) return unknown("Which versions are accepted may be in a ClientTrafficPolicy, and these were not read.");
    const policy = context.slices.tlsSettings.find((item) => mayTell(item, entry) || mayTell(item, gateway));
    if (policy) return notApplicable(`Which versions are accepted is in the ClientTrafficPolicy ${policy.ref.name}.`);
  }
  if (NEW_BY_DEFAULT.test(controller)) return [];
  return OF_CLOUD.test(controller)
    ? unknown("Which versions its load balancer accepts is in a policy of the cloud, which is not read.")
    : unknown(`Which versions ${controller || "its controller"} accepts is not known.`);
}
