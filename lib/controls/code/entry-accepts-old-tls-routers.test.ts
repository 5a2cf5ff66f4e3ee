import { configMap, deployment, ingress, ingressClass } from "../../inventory/testing";
import { describeControl } from "../testing";
import { custom } from "../testing-traefik";
import control from "./entry-accepts-old-tls";

const traefik = (image: string, ...args: string[]) =>
  deployment({ name: "traefik", container: { image, args: ["--entryPoints.websecure.address=:8443", "--providers.kubernetescrd", ...args] } });
const NEW_TRAEFIK = "docker.io/library/traefik:v3.6";
const OLD_TRAEFIK = "rancher/mirrored-library-traefik:2.10.7";
const option = (spec: object = {}) => custom("TLSOption", "web", spec);
const route = (options: object) => custom("IngressRoute", "web", { routes: [], tls: { options } });
const onOption = { kind: "TLSOption", name: "web" };

const gatewayApi = (kind: string, spec: object, name = "web") => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind,
  metadata: { name, ...(kind !== "GatewayClass" && { namespace: "shop" }) },
  spec,
});
const gatewayClass = (controllerName: string) => gatewayApi("GatewayClass", { controllerName }, "edge");
const listener = (tls: object, protocol = "HTTPS") => ({ name: "tls", port: 443, protocol, tls });
const gateway = (...listeners: object[]) => gatewayApi("Gateway", { gatewayClassName: "edge", listeners });
const CERTIFICATE = { certificateRefs: [{ name: "web" }] };
const withOptions = (options: Record<string, string>) => listener({ ...CERTIFICATE, options });
const ENVOY_GATEWAY = "gateway.envoyproxy.io/gatewayclass-controller";
const NGF = gatewayClass("gateway.nginx.org/nginx-gateway-controller");
const fabric = (tag: string, ...args: string[]) =>
  deployment({ name: "fabric", container: { image: `ghcr.io/nginx/nginx-gateway-fabric:${tag}`, args: ["controller", ...args] } });
const ownNginx = deployment({
  name: "web-nginx",
  podLabels: { "gateway.networking.k8s.io/gateway-name": "web" },
  container: { name: "nginx", image: "registry.example.com/nginx:1.25" },
});
const onGateway = { kind: "Gateway", name: "web" };

const PROTOCOLS = "nginx.org/ssl-protocols";
const OPTION_PATH = `spec.listeners[0].tls.options["${PROTOCOLS}"]`;

const WITH_TLS = { tls: [{ secretName: "web" }] };
const onIngress = { kind: "Ingress", name: "app" };
const served = (controller: string, annotations: Record<string, string> = {}) => [ingressClass(controller), ingress({ annotations, spec: WITH_TLS })];
const OLD_SNIPPET = "ssl_protocols TLSv1.1 TLSv1.2;";

/** The controller of the company that makes NGINX, whose settings are in a ConfigMap of any name. */
const companyOf = (image: string) =>
  deployment({ name: "nginx-ingress", container: { image, args: ["-nginx-configmaps=$(POD_NAMESPACE)/edge", "-ingress-class=nginx"] } });
const ofCompany = companyOf("nginx/nginx-ingress:5.2.0");
const settings = (data: Record<string, string>, name = "edge") => configMap({ name, data });
const onSettings = { kind: "ConfigMap", name: "edge" };

const OF_GATEWAY = { group: "gateway.networking.k8s.io", kind: "Gateway" };

const clientTraffic = (name: string, minVersion: string, target: Readonly<Record<string, unknown>>) => ({
  apiVersion: "gateway.envoyproxy.io/v1alpha1",
  kind: "ClientTrafficPolicy",
  metadata: { name, namespace: "shop" },
  spec: { ...target, tls: { minVersion } },
});

describeControl(control, {
  fails: [
    {
      name: "an option without a version, with a Traefik that takes TLS 1.0 then",
      objects: [traefik(OLD_TRAEFIK), route({ name: "web" }), option()],
      severity: "medium",
      evidence: [
        { path: "spec.minVersion", value: null, message: "No lowest version is named, and rancher/mirrored-library-traefik:2.10.7 accepts TLS 1.0 then." },
      ],
    },
    {
      name: "the same with suites of TLS 1.2 alone",
      objects: [traefik(OLD_TRAEFIK), route({ name: "web" }), option({ cipherSuites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"] })],
      severity: "low",
    },
    {
      name: "an option that a route names",
      objects: [traefik(NEW_TRAEFIK), route({ name: "web", namespace: "shop" }), option({ minVersion: "VersionTLS10" })],
    },
    {
      name: "an option that an Ingress names",
      objects: [
        traefik(NEW_TRAEFIK),
        ingress({ annotations: { "traefik.ingress.kubernetes.io/router.tls.options": "shop-web@kubernetescrd" } }),
        option({ minVersion: "VersionTLS10" }),
      ],
      target: onOption,
    },
    {
      name: "an option that an entry point names",
      objects: [traefik(NEW_TRAEFIK, "--entryPoints.websecure.http.tls.options=shop-web@kubernetescrd"), option({ minVersion: "VersionTLS10" })],
    },
    { name: "an option for all that name none", objects: [traefik(NEW_TRAEFIK), custom("TLSOption", "default", { minVersion: "VersionTLS11" })] },
    ...["redis.endpoints=kv:6379", "http.endpoint=http://kv", "consulcatalog", "plugin.own.x=y"].map((provider) => ({
      name: `an option that routes of ${provider} may name`,
      objects: [traefik(NEW_TRAEFIK, `--providers.${provider}`), option({ minVersion: "VersionTLS11" })],
      target: onOption,
    })),
    { name: "an option that something in a file may name", objects: [traefik(NEW_TRAEFIK, "--configFile=/a.yaml"), option({ minVersion: "VersionTLS11" })] },
    { name: "an option whose route may be elsewhere", objects: [option({ minVersion: "VersionTLS11" })], complete: false },
    {
      name: "an option where routes cannot be read",
      objects: [traefik(NEW_TRAEFIK), option({ minVersion: "VersionTLS11" })],
      target: onOption,
      missing: ["customRoutes"],
    },
    {
      name: "a listener tells nginx old versions",
      objects: [NGF, gateway(withOptions({ [PROTOCOLS]: "TLSv1.1 TLSv1.2" }))],
      severity: "medium",
      evidence: [{ path: OPTION_PATH, value: "TLSv1.1 TLSv1.2", message: "Old versions are among those that it names: TLSv1.1." }],
    },
    {
      name: "a listener tells nginx old versions, and suites that they cannot use",
      objects: [gateway(withOptions({ [PROTOCOLS]: "TLSv1 TLSv1.2", "nginx.org/ssl-ciphers": "ECDHE-RSA-AES128-GCM-SHA256" }))],
      severity: "low",
    },
    {
      name: "a set of listeners",
      objects: [NGF, gateway(), gatewayApi("ListenerSet", { parentRef: { name: "web" }, listeners: [withOptions({ [PROTOCOLS]: "TLSv1" })] }, "more")],
      target: { kind: "ListenerSet", name: "more" },
    },
    {
      name: "settings of the controller of the company, with the suites that nginx has by itself",
      objects: [ofCompany, settings({ "ssl-protocols": "TLSv1.1 TLSv1.2" })],
      target: onSettings,
      severity: "medium",
    },
    {
      name: "raw configuration of all servers",
      objects: [settings({ "server-snippet": `a on;\n${OLD_SNIPPET}` }, "ingress-nginx-controller")],
      evidence: [
        {
          path: "data.server-snippet",
          message: "Old versions are among those that it names: TLSv1.1. None of the suites on offer works with it, so only they keep it out.",
        },
      ],
    },
    { name: "raw configuration around all servers", objects: [ofCompany, settings({ "http-snippets": OLD_SNIPPET })], target: onSettings, severity: "medium" },
  ],
  passes: [
    { name: "an option without a version, with a newer Traefik", objects: [traefik(NEW_TRAEFIK), route({ name: "web" }), option()] },
    { name: "one of the last releases of an older line", objects: [traefik("traefik:v2.11.2"), route({ name: "shop-web@kubernetescrd" }), option()] },
    ...["projectcontour.io/gateway-controller", ENVOY_GATEWAY, "io.cilium/gateway-controller"].map((controller) => ({
      name: `a gateway of ${controller}`,
      objects: [gatewayClass(controller), gateway(listener(CERTIFICATE))],
    })),
    {
      name: "a gateway of a newer Traefik",
      objects: [traefik(NEW_TRAEFIK, "--providers.kubernetesgateway"), gatewayClass("traefik.io/gateway-controller"), gateway(listener(CERTIFICATE))],
      target: onGateway,
    },
    {
      name: "a gateway of a newer NGINX Gateway Fabric, of the class of which nothing is said",
      objects: [fabric("2.4.0"), NGF, gateway(listener(CERTIFICATE))],
      target: onGateway,
    },
    {
      name: "a listener that passes TLS on, whatever it is told, beside one that is told new versions",
      objects: [NGF, gateway(listener({ mode: "Passthrough", options: { [PROTOCOLS]: "TLSv1" } }, "TLS"), withOptions({ [PROTOCOLS]: "TLSv1.2 TLSv1.3" }))],
      target: onGateway,
    },
    { name: "a listener tells nginx new versions", objects: [NGF, gateway(withOptions({ [PROTOCOLS]: "TLSv1.2 TLSv1.3" }))] },
    {
      name: "an option that its controller does not know",
      objects: [gatewayClass("io.cilium/gateway-controller"), gateway(withOptions({ [PROTOCOLS]: "TLSv1" }))],
    },
    {
      name: "a gateway of a usual class that is not there",
      objects: [gatewayApi("Gateway", { gatewayClassName: "contour", listeners: [listener(CERTIFICATE)] })],
    },
    { name: "the controller of the company, told nothing of versions", objects: [ofCompany, settings({ "server-snippets": "gzip on;" })], target: onSettings },
  ],
  notApplicable: [
    {
      name: "an option that nothing uses",
      objects: [
        traefik(
          NEW_TRAEFIK,
          "--providers.redis=false",
          "--providers.kubernetesingress",
          "--providers.providersthrottleduration=2s",
          "--providers.precedence=kubernetescrd",
        ),
        route({ name: "other" }),
        option({ minVersion: "VersionTLS10" }),
      ],
      reason: "No route and no entry point of Traefik uses it.",
    },
    {
      name: "what Envoy Gateway is told for a gateway that is not there",
      objects: [clientTraffic("web", "1.0", { targetRefs: [{ ...OF_GATEWAY, name: "gone" }] })],
      reason: "No gateway that it names is there.",
    },
    {
      name: "a gateway whose versions are in a policy of Envoy Gateway",
      objects: [gatewayClass(ENVOY_GATEWAY), gateway(listener(CERTIFICATE)), clientTraffic("old", "1.3", { targetRefs: [{ ...OF_GATEWAY, name: "web" }] })],
      target: onGateway,
      reason: "Which versions are accepted is in the ClientTrafficPolicy old.",
    },
    {
      name: "a gateway that a policy of Envoy Gateway may choose by its labels",
      objects: [
        gatewayClass(ENVOY_GATEWAY),
        gateway(listener(CERTIFICATE)),
        clientTraffic("old", "1.3", { targetSelectors: [{ ...OF_GATEWAY, matchLabels: { edge: "web" } }] }),
      ],
      target: onGateway,
      reason: "Which versions are accepted is in the ClientTrafficPolicy old.",
    },
    {
      name: "a set of listeners whose gateway has its versions in a policy of Envoy Gateway",
      objects: [
        gatewayClass(ENVOY_GATEWAY),
        gateway(listener(CERTIFICATE)),
        gatewayApi("ListenerSet", { parentRef: { name: "web" }, listeners: [listener(CERTIFICATE)] }, "more"),
        clientTraffic("old", "1.0", { targetRefs: [{ ...OF_GATEWAY, name: "web" }] }),
      ],
      target: { kind: "ListenerSet", name: "more" },
      reason: "Which versions are accepted is in the ClientTrafficPolicy old.",
    },
    { name: "a gateway that ends no TLS", objects: [NGF, gateway(listener({ mode: "Passthrough" }, "TLS"), listener({}, "HTTP"))], reason: "It ends no TLS." },
    ...["k8s.io/ingress-nginx", "nginx.org/ingress-controller", "traefik.io/ingress-controller", "cilium.io/ingress-controller"].map((controller) => ({
      name: `an Ingress of ${controller}`,
      objects: served(controller),
      target: onIngress,
      reason: "Which versions are accepted is in settings of its controller, not in the Ingress.",
    })),
    { name: "an Ingress without TLS", objects: [ingressClass("haproxy.org/ingress-controller"), ingress({ spec: { tls: [] } })], target: onIngress },
  ],
  unknown: [
    {
      name: "an option without a version, where no Traefik is seen",
      objects: [option()],
      reason: "No lowest version is named: releases of Traefik before 2.11 accept TLS 1.0 then, and none is seen.",
    },
    {
      name: "an option without a version, with a Traefik of no known release",
      objects: [traefik("traefik:latest"), route({ name: "web" }), option()],
      target: onOption,
      reason: "No lowest version is named: releases of Traefik before 2.11 accept TLS 1.0 then, and traefik:latest does not tell which it is.",
    },
    { name: "a Traefik that others made", objects: [traefik("docker.io/traefik/traefikee:v2.9"), route({ name: "web" }), option()], target: onOption },
    ...["3f0c9ab", "20260401", "1182"].map((tag) => ({
      name: `a Traefik of the tag ${tag}, which is no release`,
      objects: [traefik(`registry.example.com/edge/traefik:${tag}`), route({ name: "web" }), option()],
      target: onOption,
    })),
    {
      name: "an option where the one Traefik that is seen looks elsewhere",
      objects: [traefik(OLD_TRAEFIK, "--providers.kubernetescrd.namespaces=edge"), route({ name: "web" }), option()],
      target: onOption,
    },
    ...[
      { called: "is old", programs: [traefik(OLD_TRAEFIK, "--providers.kubernetesgateway")] },
      { called: "is not seen", programs: [] },
      { called: "has settings in a store", programs: [traefik(NEW_TRAEFIK, "--providers.kubernetesgateway", "--providers.redis.endpoints=kv:6379")] },
      { called: "has settings in a file", programs: [traefik(NEW_TRAEFIK, "--providers.kubernetesgateway", "--providers.file.directory=/more")] },
    ].map(({ called, programs }) => ({
      name: `a gateway of a Traefik that ${called}`,
      objects: [...programs, gatewayClass("traefik.io/gateway-controller"), gateway(listener(CERTIFICATE))],
      target: onGateway,
    })),
    {
      name: "a gateway of Envoy Gateway, whose policies cannot be read",
      objects: [gatewayClass(ENVOY_GATEWAY), gateway(listener(CERTIFICATE))],
      target: onGateway,
      missing: ["tlsSettings"],
    },
    {
      name: "an older controller of the company, told nothing of versions",
      objects: [companyOf("nginx/nginx-ingress:1.12.1"), settings({})],
      target: onSettings,
      reason: "No versions are named: releases before 5 may accept TLS 1.0 then, and nginx/nginx-ingress:1.12.1 is not known to be a newer one.",
    },
    ...[
      { called: "an older NGINX Gateway Fabric", programs: [fabric("1.5.1")], because: "ghcr.io/nginx/nginx-gateway-fabric:1.5.1 is one" },
      { called: "an NGINX Gateway Fabric that is not seen", programs: [], because: "none is seen" },
      { called: "a nginx of its own", programs: [fabric("2.4.0"), ownNginx], because: "registry.example.com/nginx:1.25 does not tell which it is" },
    ].map(({ called, programs, because }) => ({
      name: `a gateway of ${called}`,
      objects: [...programs, NGF, gateway(listener(CERTIFICATE))],
      target: onGateway,
      reason: `No versions are named: releases of NGINX Gateway Fabric before 2 may accept TLS 1.0 then, and ${because}.`,
    })),
    {
      name: "a gateway of an NGINX Gateway Fabric that takes raw configuration",
      objects: [fabric("2.4.0", "--snippets-filters"), NGF, gateway(listener({ ...CERTIFICATE, options: { [PROTOCOLS]: "TLSv1.2" } }), listener(CERTIFICATE))],
      target: onGateway,
      reason: "No versions are named: its controller takes raw configuration, which may name them and is not read.",
    },
    { name: "a Traefik of a moving tag", objects: [traefik("traefik:v2"), route({ name: "web" }), option()], target: onOption },
    {
      name: "a gateway of a cloud",
      objects: [gatewayClass("networking.gke.io/gateway"), gateway(listener(CERTIFICATE))],
      target: onGateway,
      reason: "Which versions its load balancer accepts is in a policy of the cloud, which is not read.",
    },
    {
      name: "a gateway of a controller that is not known",
      objects: [gatewayClass("example.com/edge"), gateway(listener(CERTIFICATE))],
      target: onGateway,
      reason: "Which versions example.com/edge accepts is not known.",
    },
    {
      name: "a gateway whose class is not there",
      objects: [gateway(listener(CERTIFICATE))],
      target: onGateway,
      reason: "Which versions are accepted is up to the controller of its class edge, which is not there.",
    },
    {
      name: "a set of listeners whose gateway is not there",
      objects: [gatewayApi("ListenerSet", { parentRef: { name: "gone" }, listeners: [listener(CERTIFICATE)] })],
      reason: "Which versions are accepted is up to the gateway that it adds to, which is not there.",
    },
    {
      name: "an Ingress writes configuration of nginx",
      objects: served("k8s.io/ingress-nginx", { "nginx.ingress.kubernetes.io/server-snippet": OLD_SNIPPET }),
      target: onIngress,
      reason: "Its nginx.ingress.kubernetes.io/server-snippet names TLSv1.1: whether the controller takes that, and nginx of one server alone, is not known.",
    },
    ...["haproxy.org/ingress-controller", "ingress-controllers.konghq.com/kong", "azure/application-gateway"].map((controller) => ({
      name: `an Ingress of ${controller}`,
      objects: served(controller),
      target: onIngress,
      reason: `Which versions the controller ${controller} accepts is in its own settings, which are not read.`,
    })),
    {
      name: "an Ingress that names no class",
      objects: [ingress({ spec: { ...WITH_TLS, ingressClassName: null } })],
      target: onIngress,
      reason: "Which controller ends TLS for it is not known.",
    },
    {
      name: "raw configuration of a controller that is not known",
      objects: [settings({ "server-snippets": OLD_SNIPPET })],
      reason: "Its server-snippets name TLSv1.1, and which controller reads them, if any, is not known.",
    },
  ],
});
