import { daemonSet, deployment, ingress, pod, role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./secret-unreferenced";

const secret = (part: object = {}, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "db", namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z", ...metadata },
  type: "Opaque",
  data: { password: "aHVudGVyMg==" },
  ...part,
});
const readsSecrets = (part: object = {}) => role({ rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"], ...part }] });
const asApp = deployment({ podSpec: { serviceAccountName: "app" } });
const gateway = (namespace: string, reference: object) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "public", namespace },
  spec: { listeners: [{ name: "https", port: 443, protocol: "HTTPS", tls: { certificateRefs: [reference] } }] },
});
const custom = (apiVersion: string, kind: string, spec: object, namespace = "shop") => ({ apiVersion, kind, metadata: { name: "app", namespace }, spec });
const istioGateway = custom(
  "networking.istio.io/v1",
  "Gateway",
  {
    selector: { istio: "ingressgateway" },
    servers: [{ hosts: ["*"], port: { number: 443, protocol: "HTTPS" }, tls: { mode: "SIMPLE", credentialName: "db" } }],
  },
  "edge",
);
const istioProxy = (namespace: string) => deployment({ name: "proxy", namespace, podLabels: { istio: "ingressgateway" } });
const served = (group: string) => ({
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  metadata: { name: `v1.${group}` },
  spec: { group, version: "v1", service: { name: "api", namespace: "edge" } },
});
const configMap = (namespace: string, text: string, name = "settings") => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace },
  data: { "settings.yaml": text },
});
const ofCluster = (name: string) => ({
  apiVersion: "policy.sigstore.dev/v1beta1",
  kind: "ClusterImagePolicy",
  metadata: { name: "signed" },
  spec: { authorities: [{ key: { secretRef: { name } } }] },
});
const definition = (group: string, kind: string, spec: object) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${kind.toLowerCase()}s.${group}` },
  spec: {
    group,
    names: { kind },
    versions: [
      {
        name: "v1",
        schema: {
          openAPIV3Schema: { type: "object", properties: { spec: { type: "object", ...spec }, status: { properties: { secretName: { type: "string" } } } } },
        },
      },
    ],
  },
});
const ownedPod = (apiVersion: string, kind: string) =>
  pod({
    name: "app-x7k2p",
    metadata: { ownerReferences: [{ apiVersion, kind, name: "app", controller: true }] },
    podSpec: { imagePullSecrets: [{ name: "db" }] },
  });
const target = { kind: "Secret", name: "db" };

describeControl(control, {
  fails: [
    { name: "a variable about something else", objects: [secret(), deployment({ container: { env: [{ name: "DATABASE", value: "db" }] } })], target },
    { name: "nothing names it", objects: [secret(), deployment()], target },
    {
      name: "an account may read it, and nothing runs as that",
      objects: [secret(), deployment({ podSpec: { serviceAccountName: "other" } }), readsSecrets(), roleBinding()],
      target,
    },
    { name: "a program may read another one", objects: [secret(), asApp, readsSecrets({ resourceNames: ["other"] }), roleBinding()], target },
    {
      name: "a program may read another one, and anything else of another kind",
      objects: [
        secret(),
        asApp,
        role({
          rules: [
            { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["other"] },
            { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] },
          ],
        }),
        roleBinding(),
      ],
      target,
    },
    { name: "a listener of a Gateway in another namespace, which means its own", objects: [secret(), gateway("edge", { name: "db" })], target },
    {
      name: "routes name a host, a resolver of certificates and another Secret of that name",
      objects: [
        secret(),
        custom("traefik.io/v1alpha1", "IngressRoute", { routes: [{ match: "Host(`db`)", services: [{ name: "db" }] }], tls: { certResolver: "db" } }),
        custom("projectcontour.io/v1", "HTTPProxy", { virtualhost: { fqdn: "db", tls: { secretName: "edge/db" } } }),
      ],
      target,
    },
    { name: "a Gateway of Istio whose pods look for it elsewhere", objects: [secret(), istioGateway, istioProxy("edge")], target },
    {
      name: "custom kinds that name no Secret, or are read themselves",
      objects: [
        secret(),
        definition("example.com", "Queue", { properties: { size: { type: "integer" }, isSecret: { type: "boolean" } } }),
        definition("traefik.io", "TLSOption", { properties: { clientAuth: { properties: { secretNames: { type: "array" } } } } }),
      ],
      target,
    },
    {
      name: "what is served by other programs measures, and what other kinds are named by are labels",
      objects: [
        secret(),
        served("metrics.k8s.io"),
        served("custom.metrics.k8s.io"),
        definition("example.com", "Queue", { properties: { labels: { type: "object", additionalProperties: { type: "string" } } } }),
      ],
      target,
    },
    {
      name: "a ConfigMap that does not speak of Secrets, some of another namespace, and part of a longer name",
      objects: [
        secret(),
        configMap("shop", "host: db"),
        configMap("edge", "password: correct-horse-7-battery", "hidden"),
        configMap("edge", "secret: db"),
        configMap("shop", "secret: db-other.db", "others"),
      ],
      target,
    },
    { name: "an object of the cluster names another one", objects: [secret(), ofCluster("other")], target },
    {
      name: "only a pod of another namespace",
      objects: [secret(), deployment({ namespace: "other", podSpec: { volumes: [{ name: "db", secret: { secretName: "db" } }] } })],
      target,
    },
  ],
  passes: [
    {
      name: "a Role names it for the account of a program",
      objects: [secret(), asApp, readsSecrets({ resourceNames: ["db"] }), roleBinding()],
      target,
    },
    {
      name: "a pod of a custom owner pulls its image with it",
      objects: [secret({ type: "kubernetes.io/dockerconfigjson" }), ownedPod("core.strimzi.io/v1beta2", "StrimziPodSet")],
      target,
    },
    {
      name: "admission gave it to the pods of a workload that does not name it",
      objects: [secret({ type: "kubernetes.io/dockerconfigjson" }), daemonSet(), ownedPod("apps/v1", "DaemonSet")],
      target,
    },
    { name: "a volume", objects: [secret(), deployment({ podSpec: { volumes: [{ name: "db", secret: { secretName: "db" } }] } })], target },
    {
      name: "a projected volume",
      objects: [secret(), deployment({ podSpec: { volumes: [{ name: "db", projected: { sources: [{ secret: { name: "db" } }] } }] } })],
      target,
    },
    {
      name: "a variable of an init container",
      objects: [
        secret(),
        deployment({
          podSpec: {
            initContainers: [{ name: "i", image: "registry.example.com/i:1.0.0", env: [{ name: "A", valueFrom: { secretKeyRef: { name: "db", key: "a" } } }] }],
          },
        }),
      ],
      target,
    },
    {
      name: "a variable that names it for the program",
      objects: [secret(), deployment({ container: { env: [{ name: "WEBHOOK_SECRET_NAME", value: "db" }] } })],
      target,
    },
    { name: "a flag that names it for the program", objects: [secret(), deployment({ container: { args: ["--tls-secret-name=db"] } })], target },
    { name: "a pull secret of an account", objects: [secret(), serviceAccount({ imagePullSecrets: [{ name: "db" }] })], target },
    {
      name: "an Ingress",
      objects: [secret({ type: "kubernetes.io/tls" }), ingress({ spec: { tls: [{ hosts: ["app.example.com"], secretName: "db" }] } })],
      target,
    },
    {
      name: "the driver of a volume",
      objects: [
        secret(),
        {
          apiVersion: "v1",
          kind: "PersistentVolume",
          metadata: { name: "data" },
          spec: { csi: { driver: "rbd.csi.ceph.com", nodeStageSecretRef: { name: "db", namespace: "shop" } } },
        },
      ],
      target,
    },
    {
      name: "the driver of a volume, in the namespace of its claim",
      objects: [
        secret(),
        {
          apiVersion: "v1",
          kind: "PersistentVolume",
          metadata: { name: "data" },
          spec: { azureFile: { secretName: "db", shareName: "data" }, claimRef: { namespace: "shop", name: "data" } },
        },
      ],
      target,
    },
    {
      name: "the driver of volumes to come",
      objects: [
        secret(),
        {
          apiVersion: "storage.k8s.io/v1",
          kind: "StorageClass",
          metadata: { name: "fast" },
          provisioner: "rbd.csi.ceph.com",
          parameters: { "csi.storage.k8s.io/provisioner-secret-name": "db", "csi.storage.k8s.io/provisioner-secret-namespace": "shop" },
        },
      ],
      target,
    },
    {
      name: "a listener of a Gateway in its namespace",
      objects: [secret(), gateway("shop", { name: "db" })],
      target,
    },
    { name: "a listener of a Gateway in another namespace", objects: [secret(), gateway("edge", { name: "db", namespace: "shop" })], target },
    {
      name: "an annotation of an Ingress",
      objects: [secret(), ingress({ metadata: { annotations: { "nginx.ingress.kubernetes.io/auth-secret": "db" } } })],
      target,
    },
    {
      name: "an annotation of an Ingress in another namespace",
      objects: [secret(), ingress({ namespace: "edge", metadata: { annotations: { "nginx.ingress.kubernetes.io/auth-tls-secret": "shop/db" } } })],
      target,
    },
    {
      name: "an annotation of an Ingress, in an object",
      objects: [secret(), ingress({ metadata: { annotations: { "alb.ingress.kubernetes.io/auth-idp-oidc": '{"issuer":"https://id","secretName":"db"}' } } })],
      target,
    },
    {
      name: "an annotation of an Ingress that calls it by what is in it",
      objects: [secret(), ingress({ metadata: { annotations: { "haproxy.org/server-ca": "shop/db" } } })],
      target,
    },
    ...Object.entries({
      "a policy, for the key of signatures": custom("kyverno.io/v1", "Policy", {
        rules: [{ verifyImages: [{ attestors: [{ entries: [{ keys: { publicKeys: "k8s://shop/db" } }] }] }] }],
      }),
      "a SecurityPolicy, for its client": custom("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", { oidc: { clientIDRef: { name: "db" } } }),
      "a HelmRelease, for its values": custom("helm.toolkit.fluxcd.io/v2", "HelmRelease", { valuesFrom: [{ kind: "Secret", name: "db" }] }),
      "a HelmChart, for its repository": custom("helm.cattle.io/v1", "HelmChart", { authSecret: { name: "db" } }),
      "an Issuer, for its account": custom("cert-manager.io/v1", "Issuer", { acme: { privateKeySecretRef: { name: "db" } } }),
      "an IngressRoute": custom("traefik.io/v1alpha1", "IngressRoute", { tls: { secretName: "db" } }),
      "a TLSOption": custom("traefik.io/v1alpha1", "TLSOption", { clientAuth: { secretNames: ["db"] } }),
      "a Middleware that asks for a password": custom("traefik.io/v1alpha1", "Middleware", { basicAuth: { secret: "db" } }),
      "a Middleware that asks a service": custom("traefik.io/v1alpha1", "Middleware", { forwardAuth: { tls: { caSecret: "db" } } }),
      "the plugin of a Middleware": custom("traefik.io/v1alpha1", "Middleware", { plugin: { oidc: { key: "urn:k8s:secret:db:key" } } }),
      "an HTTPProxy of another namespace": custom("projectcontour.io/v1", "HTTPProxy", { virtualhost: { tls: { secretName: "shop/db" } } }, "edge"),
      "an HTTPProxy, for its clients": custom("projectcontour.io/v1", "HTTPProxy", { virtualhost: { tls: { clientValidation: { caSecret: "db" } } } }),
      "a Route": custom("route.openshift.io/v1", "Route", { tls: { externalCertificate: { name: "db" } } }),
      "a SecurityPolicy": custom("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", { basicAuth: { users: { name: "db" } } }),
      "a policy that copies it": custom("kyverno.io/v1", "Policy", { rules: [{ generate: { kind: "Secret", name: "copy", clone: { name: "db" } } }] }),
      "a policy of Cilium": custom("cilium.io/v2", "CiliumNetworkPolicy", { egress: [{ toPorts: [{ terminatingTLS: { secret: { name: "db" } } }] }] }),
      "the keystore of a Certificate": custom("cert-manager.io/v1", "Certificate", { keystores: { jks: { passwordSecretRef: { name: "db" } } } }),
    }).map(([name, object]) => ({ name, objects: [secret(), object], target })),
    { name: "a Gateway of Istio whose pods look for it here", objects: [secret(), istioGateway, istioProxy("shop")], target },
    {
      name: "a Gateway of Istio that checks clients",
      objects: [secret({}, { name: "db-cacert" }), istioGateway, istioProxy("shop")],
      target: { kind: "Secret", name: "db-cacert" },
    },
    { name: "it is new", objects: [secret({}, { creationTimestamp: "2026-11-20T00:00:00Z" })], target },
  ],
  notApplicable: [
    { name: "a type of a tool", objects: [secret({ type: "helm.sh/release.v1" })], target },
    { name: "a Secret of the platform", objects: [secret({}, { namespace: "kube-system" })], target },
  ],
  unknown: [
    { name: "volumes, which may name it, cannot be read", objects: [secret()], target, missing: ["persistentVolumes"] },
    { name: "policies of engines, which may copy it, cannot be read", objects: [secret()], target, missing: ["policyEngineObjects"] },
    { name: "ConfigMaps, which may name it, cannot be read", objects: [secret()], target, missing: ["configMaps"] },
    { name: "which other programs serve kinds cannot be read", objects: [secret()], target, missing: ["apiServices"] },
    { name: "which custom kinds may name it cannot be read", objects: [secret()], target, missing: ["customResourceDefinitions"] },
    { name: "a Gateway of Istio that no pod is seen to serve", objects: [secret(), istioGateway], target },
    { name: "an object of the cluster that does not say where the one is that it names", objects: [secret(), ofCluster("db")], target },
    { name: "kinds that another program serves may name it", objects: [secret(), served("build.openshift.io")], target },
    { name: "a ConfigMap of its namespace has its name", objects: [secret(), configMap("shop", "tls:\n  fallback-certificate:\n    name: db")], target },
    { name: "a ConfigMap has its name at the end of a sentence", objects: [secret(), configMap("shop", "Keys are in the Secret db.")], target },
    ...["SECRET_NAME", "TLS_CERTIFICATE", "credentials"].map((key) => ({
      name: `a ConfigMap has its name under a key that speaks of Secrets: ${key}`,
      objects: [secret(), { ...configMap("shop", ""), data: { [key]: "db" } }],
      target,
    })),
    {
      name: "a ConfigMap of its namespace has a text with a credential, of which nothing is kept",
      objects: [secret(), configMap("shop", "password: correct-horse-7-battery\ncertificate: db")],
      target,
    },
    {
      name: "a ConfigMap of another namespace has both of its names",
      objects: [secret(), configMap("edge", "tls: { fallback-certificate: { name: db, namespace: shop } }")],
      target,
    },
    ...[[], [{ name: "v1" }]].map((versions, index) => ({
      name: `a custom kind without a schema may name it (${index + 1})`,
      objects: [
        secret(),
        {
          apiVersion: "apiextensions.k8s.io/v1",
          kind: "CustomResourceDefinition",
          metadata: { name: "queues.example.com" },
          spec: { group: "example.com", names: { kind: "Queue" }, versions },
        },
      ],
      target,
    })),
    ...[
      { properties: { parameters: { type: "object", additionalProperties: { type: "string" } } } },
      { properties: { labels: { type: "object", additionalProperties: true } } },
      { properties: { issuers: { type: "array", items: { properties: { tokenSecretRef: { type: "object" } } } } } },
      { properties: { parts: { additionalProperties: { properties: { key: { type: "string", description: "Name of a secret." } } } } } },
      { properties: { config: { type: "object", "x-kubernetes-preserve-unknown-fields": true } } },
    ].map((spec, index) => ({
      name: `objects of a custom kind that is not read may name it (${index + 1})`,
      objects: [secret(), definition("example.com", "Issuer", spec)],
      target,
    })),
    {
      name: "a program may read every Secret of the namespace, and one by its name",
      objects: [
        secret(),
        asApp,
        role({ rules: [["other"], []].map((resourceNames) => ({ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames })) }),
        roleBinding(),
      ],
      target,
    },
    { name: "a program may read every Secret of the namespace", objects: [secret(), asApp, readsSecrets(), roleBinding()], target },
    { name: "Secrets are not read", objects: [deployment()], missing: ["secrets"] },
    { name: "a set of manifests", objects: [secret()], target, complete: false },
  ],
});
