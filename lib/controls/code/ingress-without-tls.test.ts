import { deployment, ingress, ingressClass } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-without-tls";

const rule = (host?: string) => ({
  ...(host && { host }),
  http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "app", port: { number: 80 } } } }] },
});

const NGINX = ingressClass("k8s.io/ingress-nginx");
const NGINX_ORG = ingressClass("nginx.org/ingress-controller");
const ALB = ingressClass("ingress.k8s.aws/alb");
const HAPROXY = ingressClass("haproxy.org/ingress-controller/haproxy");
const HAPROXY_INGRESS = ingressClass("haproxy-ingress.github.io/controller");
const passed = (name: string) => ingress({ annotations: { [name]: "true" }, spec: { tls: null } });
const LISTEN = "alb.ingress.kubernetes.io/listen-ports";
const GKE = "networking.gke.io/managed-certificates";
const APPGW = "appgw.ingress.kubernetes.io/appgw-ssl-certificate";
const other = { name: "other", namespace: "web" };

const TRAEFIK = ingressClass("traefik.io/ingress-controller");
/** As its chart runs it, without TLS at its entry points. */
const traefik = (...more: readonly string[]) =>
  deployment({
    name: "traefik",
    container: { image: "traefik:v3.6", args: ["--entryPoints.web.address=:8000", "--entryPoints.websecure.address=:8443", ...more] },
  });
const AT_ENTRY_POINT = "--entryPoints.websecure.http.tls=true";
const onlyAt = (names: string) => ingress({ annotations: { "traefik.ingress.kubernetes.io/router.entrypoints": names } });
const UNSEEN = "Traefik takes a certificate from spec.tls; whether it serves TLS is up to its entry points, and what is seen of these does not tell.";

describeControl(control, {
  fails: [
    {
      name: "Traefik without TLS at an entry point, whatever spec.tls says",
      objects: [TRAEFIK, traefik(), ingress()],
      evidence: [{ path: 'metadata.annotations["traefik.ingress.kubernetes.io/router.tls"]' }],
    },
    { name: "Traefik with TLS at another entry point than it is served at", objects: [TRAEFIK, traefik(AT_ENTRY_POINT), onlyAt("web")] },
    {
      name: "Traefik, with a certificate for another controller",
      objects: [ingressClass("traefik.io/ingress-controller"), ingress({ annotations: { [APPGW]: "x" }, spec: { tls: null } })],
      evidence: [{ path: "spec.rules[0].host" }],
    },
    {
      name: "an AWS load balancer that no certificate and no port makes listen with TLS, whatever spec.tls says",
      objects: [ALB, ingress()],
      evidence: [{ path: `metadata.annotations["${LISTEN}"]`, value: null }],
    },
    { name: "one that asks for plain HTTP alone", objects: [ALB, ingress({ annotations: { [LISTEN]: '[{"HTTP":80}]' } })] },
    {
      name: "TLS of another Ingress of the other nginx, which gives a host to one of them",
      objects: [NGINX_ORG, ingress({ spec: { tls: null } }), ingress(other)],
    },
    {
      name: "TLS of another Ingress, which only words for the other nginx tell from nginx",
      objects: [
        ingress({ annotations: { "nginx.org/rewrites": "x" }, spec: { ingressClassName: "nginx", tls: null } }),
        ingress({ ...other, annotations: { "nginx.org/rewrites": "x" }, spec: { ingressClassName: "nginx" } }),
      ],
    },
    {
      name: "passed through, for the other nginx",
      objects: [NGINX_ORG, ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-passthrough": "true" }, spec: { tls: null } })],
    },
    { name: "TLS of another Ingress of another controller", objects: [ingress({ spec: { tls: null } }), ingress(other)] },
    {
      name: "passed through, for another controller",
      objects: [ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-passthrough": "true" }, spec: { tls: null } })],
    },
    { name: "passed through, for the other HAProxy", objects: [HAPROXY_INGRESS, passed("haproxy.org/ssl-passthrough")] },
    { name: "passed through, for HAProxy Ingress", objects: [HAPROXY, passed("haproxy-ingress.github.io/ssl-passthrough")] },
    {
      name: "a certificate that only the load balancer of AWS would take",
      objects: [NGINX, ingress({ annotations: { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:1:certificate/x" }, spec: { tls: null } })],
    },
    { name: "no TLS at all", objects: [ingress({ spec: { tls: null } })], evidence: [{ path: "spec.rules[0].host", value: "app.example.com" }] },
    {
      name: "TLS for another host",
      objects: [ingress({ spec: { tls: [{ hosts: ["other.example.com"], secretName: "x" }] } })],
      evidence: [{ path: "spec.rules[0].host" }],
    },
    {
      name: "one of two hosts",
      objects: [ingress({ spec: { rules: [rule("app.example.com"), rule("b.example.com")] } })],
      evidence: [{ path: "spec.rules[1].host", value: "b.example.com" }],
    },
    { name: "a rule without a host", objects: [ingress({ spec: { rules: [rule()] } })], evidence: [{ path: "spec.rules[0]", value: null }] },
    { name: "a wildcard covers one label only", objects: [ingress({ spec: { rules: [rule("a.b.example.com")], tls: [{ hosts: ["*.example.com"] }] } })] },
    { name: "plain HTTP is allowed beside TLS", objects: [ingress({ annotations: { "kubernetes.io/ingress.allow-http": "true" } })], severity: "low" },
    {
      name: "a default backend beside a host that is covered",
      objects: [ingress({ spec: { defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
      evidence: [{ path: "spec.defaultBackend" }],
    },
    {
      name: "only a default backend",
      objects: [ingress({ spec: { rules: null, tls: null, defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
      evidence: [{ path: "spec.defaultBackend" }],
    },
  ],
  passes: [
    {
      name: "nginx makes one server of all Ingresses that name a host",
      objects: [NGINX, ingress({ spec: { tls: null } }), ingress(other)],
      target: { kind: "Ingress", name: "app" },
      evidence: [{ path: "spec.rules[0].host", message: "Ingress web/other has the certificate of this host, and the controller serves both with it." }],
    },
    {
      name: "the other nginx makes one server of a master and its minions",
      objects: [
        NGINX_ORG,
        ingress({ annotations: { "nginx.org/mergeable-ingress-type": "minion" }, spec: { tls: null } }),
        ingress({ ...other, annotations: { "nginx.org/mergeable-ingress-type": "master" } }),
      ],
      target: { kind: "Ingress", name: "app" },
    },
    { name: "Cilium passes TLS on", objects: [ingress({ annotations: { "ingress.cilium.io/tls-passthrough": "enabled" }, spec: { tls: null } })] },
    { name: "an AWS load balancer with a port for HTTPS", objects: [ALB, ingress({ annotations: { [LISTEN]: '[{"HTTP":80},{"HTTPS":443}]' } })] },
    { name: "passed through to the pods", objects: [ingress({ annotations: { "haproxy.org/ssl-passthrough": "true" }, spec: { tls: null } })] },
    { name: "passed through by the controller of HAProxy Technologies", objects: [HAPROXY, passed("haproxy.com/ssl-passthrough")] },
    { name: "passed through by HAProxy Ingress", objects: [HAPROXY_INGRESS, passed("haproxy-ingress.github.io/ssl-passthrough")] },
    {
      name: "a certificate of Azure's key vault, which an add-on gives to nginx",
      objects: [NGINX, ingress({ annotations: { "kubernetes.azure.com/tls-cert-keyvault-uri": "https://x" }, spec: { tls: null } })],
    },
    {
      name: "a default backend, covered with all else",
      objects: [ingress({ spec: { tls: [{ secretName: "all" }], defaultBackend: { service: { name: "app", port: { number: 80 } } } } })],
    },
    { name: "Traefik with TLS at an entry point", objects: [TRAEFIK, traefik(AT_ENTRY_POINT), ingress()] },
    { name: "Traefik with TLS at the entry point that it is served at", objects: [TRAEFIK, traefik(AT_ENTRY_POINT), onlyAt("web, websecure")] },
    { name: "every host is covered", objects: [ingress({})] },
    { name: "a wildcard covers the host", objects: [ingress({ spec: { rules: [rule("a.example.com")], tls: [{ hosts: ["*.example.com"] }] } })] },
    { name: "an entry without hosts covers all", objects: [ingress({ spec: { rules: [rule(), rule("x.example.com")], tls: [{ secretName: "all" }] } })] },
    {
      name: "the load balancer has the certificate",
      objects: [ingress({ annotations: { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:1:certificate/x" }, spec: { tls: null } })],
    },
    { name: "TLS, by a class whose name tells its controller, among manifests", objects: [ingress({ spec: { ingressClassName: "nginx" } })], complete: false },
    {
      name: "a certificate of GKE, by the name of the class, among manifests",
      objects: [ingress({ annotations: { [GKE]: "x", "kubernetes.io/ingress.class": "gce" }, spec: { ingressClassName: undefined, tls: null } })],
      complete: false,
    },
  ],
  notApplicable: [
    { name: "cert-manager's answer to a challenge", objects: [ingress({ labels: { "acme.cert-manager.io/http01-solver": "true" }, spec: { tls: null } })] },
  ],
  unknown: [
    { name: "odd shapes", objects: [ingress({ spec: { rules: "none", tls: 7 } })] },
    { name: "Traefik that is not seen", objects: [TRAEFIK, ingress()], reason: UNSEEN },
    {
      name: "Traefik by the name of its class, among manifests",
      objects: [ingress({ spec: { ingressClassName: "traefik" } })],
      complete: false,
      reason: UNSEEN,
    },
    {
      name: "Traefik with its settings in a file",
      objects: [TRAEFIK, deployment({ name: "traefik", container: { image: "traefik:v3.6" } }), ingress()],
      reason: UNSEEN,
    },
    { name: "an entry point that no argument of Traefik shows", objects: [TRAEFIK, traefik(), onlyAt("other")], reason: UNSEEN },
    {
      name: "two that run Traefik, one with TLS",
      objects: [TRAEFIK, traefik(), { ...traefik(AT_ENTRY_POINT), metadata: { name: "inner", namespace: "shop" } }, ingress()],
      reason: UNSEEN,
    },
    {
      name: "passed through, if the controller does that",
      objects: [NGINX, ingress({ annotations: { "nginx.ingress.kubernetes.io/ssl-passthrough": "true" }, spec: { tls: null } })],
    },
    {
      name: "a certificate for another controller than the name of its class says",
      objects: [ingress({ annotations: { [APPGW]: "x" }, spec: { ingressClassName: "nginx", tls: null } })],
    },
    {
      name: "a certificate for one controller, and a class of another that is not known",
      objects: [ingressClass("example.com/other"), ingress({ annotations: { [GKE]: "x" }, spec: { tls: null } })],
    },
    {
      name: "TLS whose class is not among the manifests",
      objects: [ingress({ spec: { ingressClassName: "public" } })],
      complete: false,
      reason: "Which controller serves it, and so whether that heeds spec.tls, is not among these manifests: its class is elsewhere.",
    },
    {
      name: "TLS without a class, among manifests",
      objects: [ingress({ spec: { ingressClassName: undefined } })],
      complete: false,
      reason: "It names no class: the cluster's default class decides which controller serves it, and so whether that heeds spec.tls.",
    },
    {
      name: "a certificate for the AWS load balancer, where the class is not among the manifests",
      objects: [ingress({ annotations: { "alb.ingress.kubernetes.io/scheme": "internal", [LISTEN]: '[{"HTTPS":443}]' }, spec: { tls: null } })],
      complete: false,
    },
    {
      name: "a certificate of GKE without a class, among manifests",
      objects: [ingress({ annotations: { [GKE]: "x" }, spec: { ingressClassName: undefined, tls: null } })],
      complete: false,
    },
    {
      name: "an AWS load balancer with settings in its class",
      objects: [ingressClass("ingress.k8s.aws/alb", { parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: "public" } }), ingress()],
    },
  ],
});
