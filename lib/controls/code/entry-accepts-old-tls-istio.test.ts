import { configMap, deployment, ingress, ingressClass } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./entry-accepts-old-tls";

const istiod = (tag: string, name = "istiod") =>
  deployment({ name, namespace: "istio-system", labels: { app: name }, container: { name: "discovery", image: `docker.io/istio/pilot:${tag}` } });
const compliant = deployment({
  name: "istiod",
  namespace: "istio-system",
  container: { name: "discovery", image: "docker.io/istio/pilot:1.24.3", env: [{ name: "COMPLIANCE_POLICY", value: "fips-140-2" }] },
});
const LABELS = { istio: "ingressgateway" };
const proxy = (image: string, labels = LABELS) =>
  deployment({ name: "ingressgateway", namespace: "edge", labels, podLabels: labels, container: { name: "istio-proxy", image } });
const proxyOf = (tag: string, labels = LABELS) => proxy(`docker.io/istio/proxyv2:${tag}`, labels);
const both = (tag: string) => [istiod(tag), proxyOf(tag)];

const CERTIFICATE = { mode: "SIMPLE", credentialName: "web" };
const OF_MESH = { mode: "ISTIO_MUTUAL", credentialName: undefined };
const OLD_SUITES = { cipherSuites: ["ECDHE-RSA-AES128-SHA"] };
const server = (tls: object = {}, protocol = "HTTPS") => ({ port: { name: "web", number: 443, protocol }, hosts: ["*"], tls: { ...CERTIFICATE, ...tls } });
const gateway = (...servers: object[]) => ({
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "web", namespace: "shop" },
  spec: { selector: LABELS, servers },
});
const VERSION_PATH = "spec.servers[0].tls.minProtocolVersion";

const mesh = (tlsDefaults: object | string | undefined, name = "istio", more: object = {}) =>
  configMap({
    name,
    namespace: "istio-system",
    data: {
      mesh: typeof tlsDefaults === "string" ? tlsDefaults : JSON.stringify({ accessLogFile: "/dev/stdout", ...more, ...(tlsDefaults && { tlsDefaults }) }),
    },
  });
const FROM_1_2 = mesh({ minProtocolVersion: "TLSV1_2" });

const ofApi = (kind: string, spec: object, name = "web") => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind,
  metadata: { name, ...(kind !== "GatewayClass" && { namespace: "shop" }) },
  spec,
});
const CLASS = ofApi("GatewayClass", { controllerName: "istio.io/gateway-controller" }, "istio");
const listeners = (options: object = {}) =>
  ofApi("Gateway", {
    gatewayClassName: "istio",
    listeners: [
      { name: "plain", port: 80, protocol: "HTTP" },
      { name: "web", port: 443, protocol: "HTTPS", tls: { certificateRefs: [{ name: "web" }], options } },
    ],
  });
const ownProxy = (image: string) =>
  deployment({ name: "web-istio", podLabels: { "gateway.networking.k8s.io/gateway-name": "web" }, container: { name: "istio-proxy", image } });

const filter = (value: string, name = "old") => ({
  apiVersion: "networking.istio.io/v1alpha3",
  kind: "EnvoyFilter",
  metadata: { name, namespace: "edge" },
  spec: {
    configPatches: [
      {
        applyTo: "FILTER_CHAIN",
        patch: {
          operation: "MERGE",
          value: { transport_socket: { typed_config: { common_tls_context: { tls_params: { tls_minimum_protocol_version: value } } } } },
        },
      },
    ],
  },
});
const target = { kind: "Gateway", name: "web" };
const TLS = { tls: [{ hosts: ["shop.example.com"], secretName: "web" }] };
const ofIngress = [ingressClass("istio.io/ingress-controller"), ingress({ spec: TLS })];
const onIngress = { kind: "Ingress", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "a release before 1.14, which takes TLS 1.0 where nobody says anything",
      objects: [...both("1.13.9"), gateway(server())],
      target,
      severity: "medium",
      evidence: [{ path: VERSION_PATH, value: null, message: "No lowest version is named, and docker.io/istio/proxyv2:1.13.9 accepts TLS 1.0 then." }],
    },
    {
      name: "the same with suites of TLS 1.2 alone",
      objects: [...both("1.13.9"), gateway(server({ cipherSuites: ["ECDHE-RSA-AES128-GCM-SHA256"] }))],
      target,
      severity: "low",
    },
    { name: "a proxy that was not made anew since", objects: [istiod("1.16.0"), proxyOf("1.13.9"), gateway(server())], target },
    {
      name: "an old version that is named, with the suites of an older Envoy",
      objects: [...both("1.14.1"), gateway(server({ minProtocolVersion: "TLSV1_1" }))],
      target,
      severity: "medium",
    },
    {
      name: "an old version that is named, with old suites for the whole mesh",
      objects: [...both("1.30.0"), mesh(OLD_SUITES), gateway(server({ minProtocolVersion: "TLSV1_1" }))],
      target,
      severity: "medium",
    },
    {
      name: "a control plane that takes the lowest version of the mesh for an older one",
      objects: [...both("1.24.3-distroless"), FROM_1_2, gateway(server({ minProtocolVersion: "TLSV1_2" }), server(OLD_SUITES))],
      target,
      severity: "medium",
      evidence: [
        {
          path: "spec.servers[1].tls.minProtocolVersion",
          value: null,
          message:
            "No lowest version is named, and docker.io/istio/pilot:1.24.3-distroless takes the TLSV1_2 that ConfigMap istio-system/istio names for all for TLS 1.0.",
        },
      ],
    },
    {
      name: "the same with the suites of Envoy, as the last release that does so",
      objects: [...both("1.28.3"), mesh({ minProtocolVersion: "TLSV1_3" }), gateway(server())],
      target,
      severity: "low",
    },
    {
      name: "the same at the Gateway API, with old suites for the whole mesh",
      objects: [istiod("1.29.0"), ownProxy("docker.io/istio/proxyv2:1.29.0"), mesh({ minProtocolVersion: "TLSV1_2", ...OLD_SUITES }), CLASS, listeners()],
      target,
      severity: "medium",
      evidence: [{ path: "spec.listeners[1].tls", value: null }],
      remedy: false,
    },
    {
      name: "the same at the Gateway API, with suites of TLS 1.2 alone at its listener",
      objects: [
        ...both("1.18.0"),
        mesh({ minProtocolVersion: "TLSV1_2", ...OLD_SUITES }),
        CLASS,
        listeners({ "gateway.istio.io/tls-cipher-suites": "ECDHE-RSA-AES128-GCM-SHA256" }),
      ],
      target,
      severity: "low",
      remedy: false,
    },
    {
      name: "a port for TCP at which it ends TLS",
      objects: [...both("1.13.9"), gateway(server({ mode: "PASSTHROUGH" }, "TCP"), server({}, "TCP"))],
      target,
      evidence: [{ path: "spec.servers[1].tls.minProtocolVersion" }],
    },
    {
      name: "an Ingress of a control plane that takes the lowest version of the mesh for an older one",
      objects: [...both("1.24.3"), mesh({ minProtocolVersion: "TLSV1_2", ...OLD_SUITES }), ...ofIngress],
      target: onIngress,
      severity: "medium",
      evidence: [
        {
          path: "spec.tls",
          value: null,
          message:
            "An Ingress names no lowest version, and docker.io/istio/pilot:1.24.3 takes the TLSV1_2 that ConfigMap istio-system/istio names for all for TLS 1.0.",
        },
      ],
      remedy: false,
    },
    {
      name: "an Ingress of an old release, by the name of its class, whatever a Gateway of its name runs",
      objects: [istiod("1.13.9"), ownProxy("docker.io/istio/proxyv2:1.30.0"), ingress({ name: "web", spec: { ...TLS, ingressClassName: "istio" } })],
      target: { kind: "Ingress", name: "web" },
      severity: "medium",
      remedy: false,
    },
    {
      name: "an Ingress whose gateway was left at an old release",
      objects: [istiod("1.28.4"), proxyOf("1.13.9"), ...ofIngress],
      target: onIngress,
      severity: "medium",
      remedy: false,
    },
    {
      name: "an Ingress whose gateway was left at an old release, by the Service that the mesh names",
      objects: [istiod("1.28.4"), proxyOf("1.13.9", { istio: "outer" }), mesh(undefined, "istio", { ingressService: "outer" }), ...ofIngress],
      target: onIngress,
      severity: "medium",
      remedy: false,
    },
    { name: "an old release at the Gateway API", objects: [istiod("1.13.0"), CLASS, listeners()], target, severity: "medium", remedy: false },
  ],
  passes: [
    {
      name: "an Ingress, where an old gateway serves none",
      objects: [istiod("1.28.4"), proxyOf("1.13.9"), mesh(undefined, "istio", { ingressSelector: "inner", ingressService: "ingressgateway" }), ...ofIngress],
      target: onIngress,
    },
    { name: "an Ingress of a newer release", objects: [...both("1.28.4"), FROM_1_2, ...ofIngress], target: onIngress },
    { name: "a newer release", objects: [...both("1.14.0"), gateway(server(), server({ minProtocolVersion: "TLS_AUTO", ...OLD_SUITES }))], target },
    { name: "what is named, whatever the release", objects: [gateway(server({ minProtocolVersion: "TLSV1_2" }))] },
    { name: "a proxy that is injected as the control plane is", objects: [istiod("1.30.1"), proxy("auto"), gateway(server())], target },
    {
      name: "another program that is called pilot",
      objects: [istiod("1.30.1"), deployment({ name: "log-pilot", container: { image: "registry.example.com/acs/log-pilot:0.9.7" } }), gateway(server())],
      target,
    },
    {
      name: "an entry with the certificates of the mesh, which heeds nothing else of it",
      objects: [...both("1.24.3"), FROM_1_2, gateway(server(OF_MESH))],
      target,
    },
    {
      name: "the same at the Gateway API",
      objects: [...both("1.24.3"), FROM_1_2, CLASS, listeners({ "gateway.istio.io/tls-terminate-mode": "ISTIO_MUTUAL" })],
      target,
    },
    {
      name: "a control plane that is told to comply with FIPS",
      objects: [compliant, proxyOf("1.24.3"), FROM_1_2, gateway(server())],
      target,
    },
    { name: "a control plane that was mended", objects: [...both("1.28.4"), FROM_1_2, gateway(server())], target },
    { name: "a control plane that heeds no lowest version of the mesh", objects: [...both("1.17.8"), FROM_1_2, gateway(server())], target },
    { name: "a mesh that names none", objects: [...both("1.24.3"), mesh(OLD_SUITES), gateway(server())], target },
    ...["", "# accessLogFile: /dev/stdout"].map((written) => ({
      name: `a mesh with settings that say nothing, as "${written}"`,
      objects: [...both("1.24.3"), mesh(written), gateway(server())],
      target,
    })),
    { name: "a mesh without settings", objects: [...both("1.24.3"), gateway(server())], target },
    { name: "the Gateway API with a class that is not there", objects: [istiod("1.30.0"), listeners()], target },
    { name: "an EnvoyFilter for a newer version", objects: [...both("1.30.0"), filter("TLSv1_3"), gateway(server())], target },
    {
      name: "EnvoyFilters cannot be read, and it is named",
      objects: [gateway(server({ minProtocolVersion: "TLSV1_3" }))],
      target,
      missing: ["customSettings", "configMaps"],
    },
  ],
  notApplicable: [
    {
      name: "an Ingress without TLS",
      objects: [istiod("1.13.9"), ingressClass("istio.io/ingress-controller"), ingress({ spec: { tls: [] } })],
      target: onIngress,
    },
  ],
  unknown: [
    {
      name: "an Ingress, and no Istio is seen",
      objects: ofIngress,
      target: onIngress,
      reason: "An Ingress names no lowest version: releases of Istio before 1.14 accept TLS 1.0 then, and none is seen.",
    },
    {
      name: "no Istio is seen",
      objects: [gateway(server())],
      reason: "No lowest version is named: releases of Istio before 1.14 accept TLS 1.0 then, and none is seen.",
    },
    {
      name: "a release that others count",
      objects: [...both("2.4.1"), gateway(server())],
      target,
      reason: "No lowest version is named: releases of Istio before 1.14 accept TLS 1.0 then, and docker.io/istio/proxyv2:2.4.1 does not tell which it is.",
    },
    { name: "a digest", objects: [istiod("1.30.0"), proxy(`docker.io/istio/proxyv2@sha256:${"a".repeat(64)}`), gateway(server())], target },
    {
      name: "a proxy whose image is called otherwise",
      objects: [istiod("1.30.0"), proxy("registry.example.com/edge:7"), gateway(server())],
      target,
      reason: "No lowest version is named: releases of Istio before 1.14 accept TLS 1.0 then, and registry.example.com/edge:7 does not tell which it is.",
    },
    {
      name: "a proxy that one of two control planes injects",
      objects: [istiod("1.30.0"), istiod("1.13.9", "istiod-old"), proxy("auto"), gateway(server())],
      target,
      reason: "No lowest version is named: releases of Istio before 1.14 accept TLS 1.0 then, and docker.io/istio/pilot:1.13.9 is one.",
    },
    {
      name: "no Istio is seen at the Gateway API",
      objects: [CLASS, listeners()],
      target,
      reason: "Which versions are accepted is not in a Gateway: releases of Istio before 1.14 accept TLS 1.0 then, and none is seen.",
    },
    {
      name: "two control planes, of which the mesh of one names a version",
      objects: [...both("1.24.3"), istiod("1.30.0", "istiod-new"), FROM_1_2, mesh(undefined, "istio-new"), gateway(server())],
      target,
      reason:
        "No lowest version is named: some releases of Istio take the lowest version that a mesh names for an older one, and which of them ConfigMap istio is for is not told.",
    },
    ...[
      {
        name: "a line of releases, in which it was mended",
        objects: [...both("1.28"), FROM_1_2],
        because: "docker.io/istio/pilot:1.28 does not tell which it is",
      },
      {
        name: "settings of the mesh that are no YAML",
        objects: [...both("1.24.3"), mesh("a: [b")],
        because: "ConfigMap istio, which may name one, is no YAML",
      },
      {
        name: "settings that control planes share",
        objects: [...both("1.24.3"), mesh({}), mesh({ minProtocolVersion: "TLSV1_2" }, "shared-mesh")],
        because: "which of them ConfigMap shared-mesh is for is not told",
      },
    ].map(({ name, objects, because }) => ({
      name,
      objects: [...objects, gateway(server())],
      target,
      reason: `No lowest version is named: some releases of Istio take the lowest version that a mesh names for an older one, and ${because}.`,
    })),
    {
      name: "settings of the mesh that are elsewhere",
      objects: [...both("1.24.3"), gateway(server())],
      target,
      complete: false,
      reason:
        "No lowest version is named: some releases of Istio take the lowest version that a mesh names for an older one, and whether the mesh names one is not seen.",
    },
    { name: "settings of the mesh that cannot be read", objects: [...both("1.24.3"), gateway(server())], target, missing: ["configMaps"] },
    {
      name: "an EnvoyFilter for an older version",
      objects: [...both("1.30.0"), filter("TLSv1_1"), gateway(server())],
      target,
      reason: "No lowest version is named: EnvoyFilter edge/old may name an older one for it.",
    },
  ],
});
