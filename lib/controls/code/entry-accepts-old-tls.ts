import { AWS_TLS_POLICY, AWS_TLS_POLICY_FOR_ALL } from "../../inventory/data/aws-tls-policies";
import type { KubeObject } from "../../inventory/kube-object";
import { text } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import { defineControl, notApplicable, type Weakness } from "../define";
import { kindsCommand, OTHER_KINDS } from "../kinds-command";
import { set } from "../remedies/ops";
import { isMadeByController, judgeClassParameters, judgeIngress, judgeService } from "../tls-entry/judge-aws";
import { judgeGateway } from "../tls-entry/judge-gateway";
import { judgeIstioGateway } from "../tls-entry/judge-istio";
import { judgeClientPolicy, judgeNginxSettings, judgeOpenshiftRouter, keepNewInSnippet } from "../tls-entry/judge-router";
import { judgeTraefikOption } from "../tls-entry/judge-traefik";
import { keepNewProtocols } from "../tls-entry/old-tls";

const isOfIstio = ({ ref }: KubeObject): boolean => apiGroup(ref) === "networking.istio.io";

/** What each field is set to, so that nothing older than TLS 1.2 is accepted. */
function toNew(object: KubeObject, { value, path }: Weakness): unknown {
  switch (object.ref.kind) {
    case "ConfigMap":
      return /snippets?$/.test(path) ? keepNewInSnippet(text(value) ?? "") : keepNewProtocols(text(value) ?? "");
    case "Gateway":
    case "ListenerSet":
    case "XListenerSet":
      return isOfIstio(object) ? "TLSV1_2" : keepNewProtocols(text(value) ?? "");
    case "ClientTrafficPolicy":
      return "1.2";
    case "Service":
      return isMadeByController(object) ? AWS_TLS_POLICY : AWS_TLS_POLICY_FOR_ALL;
    case "Ingress":
    case "IngressClassParams":
      return AWS_TLS_POLICY;
    default:
      return path.endsWith(".type") ? "Intermediate" : "VersionTLS12";
  }
}

export default defineControl({
  id: "entry-accepts-old-tls",
  layer: "code",
  severity: "medium",
  title: "Entry points are set to accept TLS 1.2 or newer only",
  failure: "is set to accept TLS older than 1.2",
  why: "TLS 1.0 and 1.1 rest on MD5 and SHA-1, and browsers gave them up in 2020. Somebody in between who brings a connection down to them gets nearer to reading passwords and session cookies.",
  action: "Refuse old versions of TLS at entry points",
  fix: "nginx: take the old versions out of `ssl-protocols`, and out of nginx.org/ssl-protocols of Gateways. Traefik and Envoy Gateway: set `minVersion` to TLS 1.2; Istio: `minProtocolVersion`. Both may be left out, but for Traefik before 2.11 and Istio before 1.14. OpenShift: use the profile Intermediate. Load balancers of AWS: name a policy such as ELBSecurityPolicy-TLS13-1-2-2021-06, since their default accepts TLS 1.0.",
  verify: kindsCommand([
    "ingresses.networking.k8s.io",
    "services",
    "configmaps",
    "tlsoptions.traefik.io",
    "gateways.networking.istio.io",
    "gateways.gateway.networking.k8s.io",
    "clienttrafficpolicies.gateway.envoyproxy.io",
    "ingresscontrollers.operator.openshift.io",
    "ingressclassparams.elbv2.k8s.aws",
  ]),
  lookFor: `TLS 1.0 or 1.1 as the lowest version or among those that are named, or a policy of AWS whose name does not say TLS-1-2, FS-1-2, TLS13-1-2 or TLS13-1-3; a certificate without a policy takes the default. Releases of ingress-nginx since 1.7 accept what is older only where \`ssl-ciphers\` say @SECLEVEL=0, too. Istio before 1.14 takes TLS 1.0 where a Gateway names no version, and from 1.18 to 1.29.0, but for 1.27.6 and 1.28.4, where \`tlsDefaults\` in its ConfigMap name 1.2. ${OTHER_KINDS}`,
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: [
    "https://www.rfc-editor.org/rfc/rfc8996",
    "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#ssl-protocols",
    "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSProtocol",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ssl-policy",
  ],
  subject: "tls-entry",
  reads: [],
  extraReads: ["ingresses", "ingressClasses", "tlsSettings", "customRoutes", "gateways", "workloads", "configMaps", "customSettings", "nodes"],
  check: (object, context) => {
    switch (object.ref.kind) {
      case "Ingress":
        return judgeIngress(object, context);
      case "Service":
        return judgeService(object, context);
      case "IngressClassParams":
        return judgeClassParameters(object);
      case "ConfigMap":
        return judgeNginxSettings(object, context);
      case "TLSOption":
        return judgeTraefikOption(object, context);
      case "Gateway":
        return isOfIstio(object) ? judgeIstioGateway(object, context) : judgeGateway(object, context);
      case "ListenerSet":
      case "XListenerSet":
        return judgeGateway(object, context);
      case "ClientTrafficPolicy":
        return judgeClientPolicy(object, context);
      case "IngressController":
        return judgeOpenshiftRouter(object);
      default:
        return notApplicable("It says nothing of versions of TLS.");
    }
  },
  remedy: (object, weaknesses) => {
    // A router follows the API server, whose profile is its own object's, and listeners of Istio what serves them.
    if (weaknesses.some(({ path }) => path.startsWith("status.") || path.endsWith(".tls"))) return null;
    const note = "Clients that know nothing newer than TLS 1.1 cannot connect any more.";
    return { ops: weaknesses.map((item) => set(item.path, toNew(object, item))), risk: "may-break", note };
  },
});
