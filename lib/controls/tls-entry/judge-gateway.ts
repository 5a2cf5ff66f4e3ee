import type { KubeObject } from "../../inventory/kube-object";
import { targetsOf } from "../../inventory/routes/policy-targets";
import { type Context, defineView } from "../../inventory/view";
import { formatPath } from "../../model/field-path";
import { type JsonRecord, list, record, text } from "../../model/json";
import { notApplicable, type Outcome, unknown, type Weakness } from "../define";
import { judgeTraefikGateway } from "./judge-traefik";
import { findOldProtocols, listWorksWithOld, namesOld, oldTls } from "./old-tls";

type GatewayContext = Context<"gateways" | "tlsSettings" | "workloads">;

/** Of the options of listeners, what one controller writes into the configuration of nginx as it is. */
const NGINX_PROTOCOLS = "nginx.org/ssl-protocols";
const NGINX_CIPHERS = "nginx.org/ssl-ciphers";

/** Controllers that accept nothing older than TLS 1.2 where nobody asks for it, and what such gateways may be asked by: kinds that are judged themselves, and their own options. */
const NEW_BY_DEFAULT = /^(?:istio\.io|gateway\.envoyproxy\.io|io\.cilium|projectcontour\.io|gateway\.nginx\.org)\//;
const OF_TRAEFIK = /^traefik\.io\//;
const OF_ENVOY_GATEWAY = /^gateway\.envoyproxy\.io\//;
/** What they are called where classes are not among the manifests. */
const NAMED_FOR = /^(?:istio|cilium|contour)$/;
/** Load balancers of a cloud: a policy there, or one of a kind that is not read, says what they accept. */
const OF_CLOUD = /^(?:networking\.gke\.io|gateway\.k8s\.aws|application-networking\.k8s\.aws|alb\.networking\.azure\.io)\//;

/** The class of a gateway, and of a set of listeners that of the gateway which it adds to. */
const classNameView = defineView({
  reads: ["gateways"],
  compute: ({ slices }): ((entry: KubeObject) => string | null) => {
    const gateways = new Map(slices.gateways.flatMap((item) => (item.ref.kind === "Gateway" ? [[`${item.ref.namespace}/${item.ref.name}`, item]] : [])));
    return ({ ref, body }) => {
      const spec = record(body.spec);
      const { name, namespace } = record(spec.parentRef);
      const gateway = ref.kind === "Gateway" ? spec : record(gateways.get(`${text(namespace) ?? ref.namespace}/${text(name)}`)?.body.spec);
      return text(gateway.gatewayClassName) ?? null;
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

/** Whether a policy of Envoy Gateway may say which versions a gateway accepts: one that chooses gateways by labels may mean it. */
function mayTell({ ref, body }: KubeObject, gateway: KubeObject): boolean {
  const spec = record(body.spec);
  if (ref.kind !== "ClientTrafficPolicy" || ref.namespace !== gateway.ref.namespace || record(spec.tls).minVersion === undefined) return false;
  const isNamed = targetsOf(spec).some(({ kind, name }) => kind === gateway.ref.kind && name === gateway.ref.name);
  return isNamed || list(spec.targetSelectors).length > 0;
}

/** A gateway of the Gateway API: its listeners, which say it in options of their controller, if at all. */
export function judgeGateway(entry: KubeObject, context: GatewayContext): Outcome {
  const { view } = context;
  const listeners = list(record(entry.body.spec).listeners);
  if (!listeners.some((listener) => endsTls(record(listener)))) return notApplicable("It ends no TLS.");
  const className = view(classNameView)(entry);
  const controller = view(controllersView).get(className ?? "");
  const isOther = controller !== undefined && !controller.startsWith("gateway.nginx.org/");
  const found = isOther ? [] : listeners.flatMap(weaknessesOf);
  if (found.length > 0) return found;
  if (className === null) return unknown("Which versions are accepted is up to the gateway that it adds to, which is not there.");
  if (OF_TRAEFIK.test(controller ?? "") || (controller === undefined && className === "traefik")) return judgeTraefikGateway(context);
  if (controller === undefined)
    return NAMED_FOR.test(className) ? [] : unknown(`Which versions are accepted is up to the controller of its class ${className}, which is not there.`);
  if (OF_ENVOY_GATEWAY.test(controller)) {
    if (!context.isRead("tlsSettings")) return unknown("Which versions are accepted may be in a ClientTrafficPolicy, and these were not read.");
    const policy = context.slices.tlsSettings.find((item) => mayTell(item, entry));
    if (policy) return notApplicable(`Which versions are accepted is in the ClientTrafficPolicy ${policy.ref.name}.`);
  }
  if (NEW_BY_DEFAULT.test(controller)) return [];
  return OF_CLOUD.test(controller)
    ? unknown("Which versions its load balancer accepts is in a policy of the cloud, which is not read.")
    : unknown(`Which versions ${controller || "its controller"} accepts is not known.`);
}
