import { configMap, deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./entry-accepts-old-tls";

const NAMED = "a-settings";
const settings = (data: Record<string, string>, name = "ingress-nginx-controller") => configMap({ name, namespace: "ingress", data });
const object = (apiVersion: string, kind: string, spec: object, status?: object) => ({
  apiVersion,
  kind,
  metadata: { name: "web", namespace: "shop" },
  spec,
  ...(status && { status }),
});
const option = (spec: object) => object("traefik.io/v1alpha1", "TLSOption", spec);
const server = (tls: object, protocol = "HTTPS") => ({ port: { number: 443, name: "web", protocol }, hosts: ["a.example.com"], tls });
const istio = (...servers: object[]) => object("networking.istio.io/v1", "Gateway", { selector: { istio: "ingressgateway" }, servers });
const clientPolicy = (spec: object) =>
  object("gateway.envoyproxy.io/v1alpha1", "ClientTrafficPolicy", {
    targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "web" }],
    ...spec,
  });
const router = (spec: object, tlsProfile?: object) => object("operator.openshift.io/v1", "IngressController", spec, tlsProfile && { tlsProfile });
const profile = (type: string, custom?: object) => router({ tlsSecurityProfile: { type, ...(custom && { custom }) } });
const envoy = (spec: object) => [clientPolicy(spec), object("gateway.networking.k8s.io/v1", "Gateway", { gatewayClassName: "eg", listeners: [] })];
/** An ingress-nginx whose settings are in a ConfigMap of any name. */
const istiod = deployment({ name: "istiod", namespace: "istio-system", container: { name: "discovery", image: "istio/pilot:1.30.0" } });
const nginx = deployment({
  name: "controller",
  namespace: "ingress",
  container: { image: "registry.k8s.io/ingress-nginx/controller:v1.15.0", args: ["/nginx-ingress-controller", `--configmap=$(POD_NAMESPACE)/${NAMED}`] },
});
const SHUT = "None of the suites on offer works with it, so only they keep it out.";
const CERTIFICATE = { mode: "SIMPLE", credentialName: "web-tls" };

describeControl(control, {
  fails: [
    {
      name: "ingress-nginx is told TLS 1.0 and 1.1, with suites that they can use",
      objects: [settings({ "ssl-protocols": "TLSv1 TLSv1.1 TLSv1.2", "ssl-ciphers": "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA:@SECLEVEL=0" })],
      severity: "medium",
      evidence: [{ path: "data.ssl-protocols", value: "TLSv1 TLSv1.1 TLSv1.2", message: "Old versions are among those that it names: TLSv1, TLSv1.1." }],
    },
    {
      name: "ingress-nginx is told TLS 1.1 alone, with the suites that it has by itself",
      objects: [settings({ "ssl-protocols": "TLSv1.1" })],
      severity: "low",
      evidence: [{ path: "data.ssl-protocols", message: `Old versions are among those that it names: TLSv1.1. ${SHUT}` }],
    },
    {
      name: "ingress-nginx is told suites of TLS 1.2 alone, and which to leave out",
      objects: [settings({ "ssl-protocols": "TLSv1 TLSv1.2", "ssl-ciphers": "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-SHA256:!aNULL:!MD5" })],
      severity: "low",
    },
    {
      name: "ingress-nginx is told whatever OpenSSL has",
      objects: [settings({ "ssl-protocols": "TLSv1 TLSv1.2", "ssl-ciphers": "HIGH:!aNULL" })],
      severity: "medium",
    },
    { name: "settings of a name that the controller is told", objects: [nginx, settings({ "ssl-protocols": "SSLv3 TLSv1.2" }, NAMED)] },
    {
      name: "an option of Traefik",
      objects: [option({ minVersion: "VersionTLS10" })],
      severity: "medium",
      evidence: [{ path: "spec.minVersion", value: "VersionTLS10", message: "The lowest version is VersionTLS10." }],
    },
    {
      name: "an option of Traefik with suites that old versions can use",
      objects: [option({ minVersion: "VersionTLS11", cipherSuites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"] })],
      severity: "medium",
    },
    {
      name: "an option of Traefik with suites of TLS 1.2 alone",
      objects: [option({ minVersion: "VersionTLS11", cipherSuites: ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305"] })],
      severity: "low",
      evidence: [{ path: "spec.minVersion", message: `The lowest version is VersionTLS11. ${SHUT}` }],
    },
    {
      name: "a server of Istio with suites that old versions can use, beside others",
      objects: [
        istio(
          server({ ...CERTIFICATE, minProtocolVersion: "TLSV1_2" }),
          server({ ...CERTIFICATE, minProtocolVersion: "TLSV1_0", cipherSuites: ["ECDHE-RSA-AES128-SHA"] }, "https"),
          server({ mode: "PASSTHROUGH", minProtocolVersion: "TLSV1_0", cipherSuites: ["ECDHE-RSA-AES128-SHA"] }, "TLS"),
        ),
      ],
      severity: "medium",
      evidence: [{ path: "spec.servers[1].tls.minProtocolVersion", value: "TLSV1_0" }],
    },
    {
      name: "a server of Istio with the suites of Envoy",
      objects: [istio(server({ ...CERTIFICATE, minProtocolVersion: "TLSV1_1" }))],
      severity: "low",
    },
    {
      name: "Envoy Gateway with suites that old versions can use",
      objects: envoy({ tls: { minVersion: "1.0", ciphers: ["[ECDHE-RSA-AES128-GCM-SHA256|ECDHE-RSA-AES128-SHA]"] } }),
      severity: "medium",
      evidence: [{ path: "spec.tls.minVersion", value: "1.0" }],
    },
    {
      name: "Envoy Gateway with suites that are as good as each other, and all new",
      objects: envoy({ tls: { minVersion: "1.1", ciphers: ["[ECDHE-RSA-AES128-GCM-SHA256|ECDHE-RSA-AES128-SHA256]"] } }),
      severity: "low",
    },
    {
      name: "the old profile of OpenShift",
      objects: [profile("Old")],
      severity: "medium",
      evidence: [{ path: "spec.tlsSecurityProfile.type", value: "Old", message: "The profile Old accepts TLS 1.1." }],
    },
    {
      name: "an own profile of OpenShift",
      objects: [profile("Custom", { minTLSVersion: "VersionTLS11", ciphers: ["ECDHE-RSA-AES128-GCM-SHA256", "AES128-SHA"] })],
      severity: "medium",
      evidence: [{ path: "spec.tlsSecurityProfile.custom.minTLSVersion", value: "VersionTLS11" }],
    },
    {
      name: "the old profile of the API server of OpenShift",
      objects: [router({}, { minTLSVersion: "VersionTLS10", ciphers: ["AES128-SHA"] })],
      severity: "medium",
      evidence: [{ path: "status.tlsProfile.minTLSVersion", value: "VersionTLS10" }],
      remedy: false,
    },
  ],
  passes: [
    { name: "ConfigMaps cannot be read, and what else there is can", objects: [option({ minVersion: "VersionTLS12" })], missing: ["configMaps"] },
    { name: "ingress-nginx is told nothing of versions", objects: [settings({ "ssl-ciphers": "HIGH" })] },
    { name: "ingress-nginx is told new versions", objects: [settings({ "ssl-protocols": "TLSv1.2 TLSv1.3", "ssl-ciphers": "HIGH" }, "nginx-configuration")] },
    { name: "settings of another name, by the flag of a controller", objects: [nginx, settings({}, NAMED)], target: { kind: "ConfigMap", name: NAMED } },
    { name: "an option of Traefik for TLS 1.3", objects: [option({ minVersion: "VersionTLS13" })] },
    {
      name: "Istio, told nothing of versions",
      target: { kind: "Gateway", name: "web" },
      objects: [istiod, istio(server(CERTIFICATE), server({ httpsRedirect: true }, "HTTP"))],
    },
    {
      name: "Istio, left to choose",
      target: { kind: "Gateway", name: "web" },
      objects: [istiod, istio(server({ ...CERTIFICATE, minProtocolVersion: "TLS_AUTO", cipherSuites: ["AES128-SHA"] }))],
    },
    { name: "Envoy Gateway, told of ALPN alone", objects: envoy({ tls: { alpnProtocols: ["h2"] } }) },
    { name: "Envoy Gateway, told TLS 1.3", objects: envoy({ tls: { minVersion: "1.3" } }) },
    { name: "the usual profile of OpenShift", objects: [profile("Intermediate")] },
    { name: "an own profile of OpenShift", objects: [profile("Custom", { minTLSVersion: "VersionTLS12" })] },
    { name: "the profile of the API server of OpenShift", objects: [router({ replicas: 2 }, { minTLSVersion: "VersionTLS12" })] },
  ],
  notApplicable: [
    { name: "a ConfigMap of something else", objects: [settings({ "ssl-protocols": "TLSv1.2" }, "app")] },
    { name: "a Gateway of Istio without TLS", objects: [istio(server({}, "HTTP"), server({ mode: "AUTO_PASSTHROUGH" }, "TLS"))] },
    { name: "Envoy Gateway, told nothing of TLS", objects: [clientPolicy({ http1: {} })] },
  ],
  unknown: [
    {
      name: "settings of a controller that is not known",
      objects: [nginx, settings({ "ssl-protocols": "TLSv1 TLSv1.2" }, "nginx-config")],
      target: { kind: "ConfigMap", name: "nginx-config" },
      reason: "Its ssl-protocols name TLSv1, and which controller reads them, if any, is not known.",
    },
    { name: "settings of a controller, where workloads cannot be read", objects: [settings({ "ssl-protocols": "TLSv1" }, NAMED)], missing: ["workloads"] },
    {
      name: "a version of Traefik that nobody knows",
      objects: [option({ minVersion: "VersionSSL30" })],
      reason: 'What "VersionSSL30" of minVersion means is not known.',
    },
    { name: "a version of Envoy Gateway that nobody knows", objects: envoy({ tls: { minVersion: 1.1 } }) },
    { name: "a profile of OpenShift that nobody knows", objects: [profile("Newest")] },
    { name: "an own profile of OpenShift without a version", objects: [profile("Custom", {})] },
    {
      name: "a router of OpenShift without a status",
      objects: [router({ replicas: 2 })],
      reason: "The profile of the API server holds for it, and its status does not say which that is.",
    },
    {
      name: "ConfigMaps cannot be read",
      objects: [option({ minVersion: "VersionTLS12" })],
      target: { kind: "Cluster", name: "cluster" },
      missing: ["configMaps"],
    },
  ],
});
