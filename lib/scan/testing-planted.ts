import { createHash } from "node:crypto";

/** A cluster in which each place that takes free text holds a credential of its own. */
export interface PlantedWorld {
  readonly objects: readonly object[];
  /** The name of each place, by the texts that would give its credential away. */
  readonly places: ReadonlyMap<string, string>;
}

/** A cluster with a credential in every place, those of `variant` in place of others of the same length. */
export function plantedWorld(variant = ""): PlantedWorld {
  const places = new Map<string, string>();

  /** A credential of 17 characters that no other place has. */
  function plant(place: string): string {
    const value = `xK9${createHash("sha256").update(`${place}${variant}`).digest("hex").slice(0, 13)}Q`;
    places.set(value, place);
    return value;
  }
  function basic(place: string): string {
    const encoded = btoa(`ada:${plant(place)}`);
    places.set(encoded, place);
    return `Basic ${encoded}`;
  }
  const key = (place: string) => {
    const value = `AKIA${createHash("sha256").update(`${place}${variant}`).digest("hex").slice(0, 16).toUpperCase()}`;
    places.set(value, place);
    return value;
  };
  const url = (place: string, host = "db.example.com") => `https://ada:${plant(place)}@${host}/path`;
  const headers = (place: string) => ({
    set: [{ name: "Authorization", value: `Bearer ${plant(`${place} bearer`)}` }],
    add: [
      { name: "X-Api-Key", value: plant(`${place} key`) },
      { name: "X-Team", value: "shop" },
    ],
  });
  const annotations = (place: string) => ({
    "example.com/api-token": plant(`${place} annotation by name`),
    "example.com/hook": url(`${place} annotation`),
    "example.com/settings": JSON.stringify([{ host: "db", password: plant(`${place} annotation in JSON`) }]),
    "kubernetes.io/change-cause": `kubectl set env deploy/x DB_PASSWORD=${plant(`${place} annotation of a change`)}`,
    "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ note: plant(`${place} copy by kubectl`) }),
    "kapp.k14s.io/original": JSON.stringify({ note: plant(`${place} copy by kapp`) }),
    team: "shop",
  });
  const metadata = (name: string, place = name) => ({ name, namespace: "shop", uid: `uid-${place}-${name}`, annotations: annotations(place) });
  const handler = (place: string) => ({
    exec: { command: ["sh", "-c", `curl -H 'Authorization: Bearer ${plant(`${place} command`)}' http://localhost`] },
    httpGet: { port: 80, path: `/ready?verbose=1&token=${plant(`${place} path`)}`, httpHeaders: [{ name: "Authorization", value: basic(`${place} header`) }] },
  });
  const container = (name: string, place: string) => ({
    name,
    image: "registry.example/app:1.2.3",
    env: [
      { name: "DB_PASSWORD", value: plant(`${place} variable`) },
      { name: "DATABASE_URL", value: `jdbc:postgresql://db:5432/x?user=ada&password=${plant(`${place} JDBC`)}` },
      { name: "JAVA_OPTS", value: `-Xmx1g -Djavax.net.ssl.keyStorePassword=${plant(`${place} JAVA_OPTS`)}` },
      { name: "OTEL_EXPORTER_OTLP_HEADERS", value: `team=shop,api-key=${plant(`${place} OTEL`)}` },
      { name: "DSN", value: `host=db user=ada password=${plant(`${place} connection`)} dbname=x` },
      { name: "LOG_LEVEL", value: "debug" },
    ],
    command: ["/bin/app", `--db=${url(`${place} command`)}`],
    args: [`--repo=${url(`${place} argument`)}`, "--token", plant(`${place} flag`), "--header", `X-Api-Key: ${plant(`${place} header`)}`, "--verbose"],
    livenessProbe: handler(`${place} probe`),
    lifecycle: { preStop: handler(`${place} hook`) },
  });
  const volumes = (place: string) => [
    {
      name: "csi",
      csi: {
        driver: "smb.csi.k8s.io",
        volumeAttributes: { source: "//files/x", password: plant(`${place} CSI`), mountOptions: `vers=3,password=${plant(`${place} CSI options`)}` },
      },
    },
    { name: "flex", flexVolume: { driver: "x/cifs", options: { user: "ada", passwd: plant(`${place} flex`) } } },
  ];
  const spec = (place: string) => ({
    initContainers: [container("init", `${place} init`)],
    containers: [container("app", place)],
    volumes: volumes(place),
  });
  const template = (place: string) => ({ metadata: { labels: { app: place }, annotations: annotations(`${place} template`) }, spec: spec(place) });
  const workload = (apiVersion: string, kind: string, more: object = {}) => ({
    apiVersion,
    kind,
    metadata: metadata(kind.toLowerCase(), kind),
    spec: { replicas: 1, selector: { matchLabels: { app: kind } }, template: template(kind), ...more },
  });
  const livePod = (name: string, ownerReferences: readonly object[] = []) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata(name), ownerReferences, labels: { app: name } },
    spec: { ...spec(name), ephemeralContainers: [container("debug", `${name} ephemeral`)], nodeName: "node" },
    status: { phase: "Running" },
  });
  const object = (apiVersion: string, kind: string, fields: object) => ({ apiVersion, kind, metadata: metadata(kind.toLowerCase(), kind), ...fields });
  const owner = (kind: string, apiVersion: string) => [{ apiVersion, kind, name: `of-${kind.toLowerCase()}`, controller: true, uid: "x" }];
  const jobTemplate = { metadata: { annotations: annotations("CronJob template of jobs") }, spec: { template: template("CronJob") } };
  const claims = [{ metadata: { name: "data", annotations: annotations("claim") }, spec: { accessModes: ["ReadWriteOnce"] } }];
  const hook = { name: "a.example.com", clientConfig: { url: `https://ada:${plant("webhook")}@hooks.example.com/x?token=${plant("webhook parameter")}` } };
  const pem = `-----BEGIN RSA ${"PRIVATE KEY"}-----\n${plant("private key")}\n-----END RSA ${"PRIVATE KEY"}-----`;
  const chunk = (value: object) => btoa(JSON.stringify(value)).replace(/=/g, "");
  const jwt = `${chunk({ alg: "HS256" })}.${chunk({ sub: "x" })}.${plant("JWT")}abc`;

  const objects = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", annotations: annotations("Namespace") } },
    object("v1", "Node", { status: { conditions: [{ type: "Ready", status: "True", message: `pulled from ${url("Node status")}` }] } }),
    object("eks.amazonaws.com/v1", "NodeClass", { spec: { advancedNetworking: { httpsProxy: url("NodeClass proxy") } } }),
    object("v1", "ServiceAccount", {}),
    object("v1", "Service", { spec: { ports: [{ port: 80 }], selector: { token: "abc12345-label" } } }),
    object("v1", "ResourceQuota", { spec: {} }),
    object("v1", "LimitRange", { spec: {} }),
    object("v1", "ConfigMap", {
      data: {
        cert: pem,
        session: jwt,
        aws: key("ConfigMap AWS"),
        line: `password=${plant("ConfigMap line")}`,
        ini: `[db]\nhost = db\npassword = ${plant("ConfigMap file")}\n`,
        json: JSON.stringify({ env: [{ name: "API_TOKEN", value: plant("ConfigMap pair") }] }),
        "nginx.conf": `server {\n  proxy_set_header Authorization "Bearer ${plant("ConfigMap nginx")}";\n}\n`,
        hook: `https://discord.com/api/webhooks/123456789012345678/${plant("ConfigMap webhook")}${"aB3-".repeat(15)}`,
        level: "debug",
      },
      binaryData: { blob: btoa(`x ${key("ConfigMap binary")} y`) },
    }),
    object("v1", "PersistentVolume", {
      spec: {
        mountOptions: ["vers=3", `password=${plant("PV option")}`],
        csi: { driver: "smb", volumeAttributes: { password: plant("PV CSI"), source: url("PV source") } },
        flexVolume: { driver: "x/cifs", options: { secretKey: plant("PV flex") } },
      },
    }),
    object("v1", "PersistentVolumeClaim", { spec: {} }),
    object("storage.k8s.io/v1", "StorageClass", {
      provisioner: "x",
      parameters: {
        resturl: url("StorageClass URL"),
        restuserkey: key("StorageClass key"),
        clientSecret: plant("StorageClass"),
        "csi.storage.k8s.io/provisioner-secret-name": "csi-creds-1",
      },
    }),
    object("networking.k8s.io/v1", "Ingress", {
      metadata: {
        ...metadata("ingress", "Ingress"),
        annotations: {
          ...annotations("Ingress"),
          "nginx.ingress.kubernetes.io/auth-secret": "shop/basic-auth-2",
          "nginx.ingress.kubernetes.io/configuration-snippet": `proxy_set_header Authorization "${basic("Ingress snippet")}";`,
          "nginx.ingress.kubernetes.io/server-snippet": `proxy_set_header X-Api-Key "${plant("Ingress header")}";`,
        },
      },
      spec: { rules: [{ host: "shop.example.com" }] },
    }),
    object("gateway.networking.k8s.io/v1", "HTTPRoute", {
      spec: {
        hostnames: ["shop.example.com"],
        rules: [
          {
            matches: [{ headers: [{ name: "X-Api-Key", value: plant("HTTPRoute match") }], queryParams: [{ name: "token", value: plant("HTTPRoute query") }] }],
            filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: headers("HTTPRoute") }],
            backendRefs: [{ name: "app", port: 80, filters: [{ type: "ResponseHeaderModifier", responseHeaderModifier: headers("HTTPRoute backend") }] }],
          },
        ],
      },
    }),
    object("traefik.io/v1alpha1", "IngressRoute", {
      spec: { routes: [{ match: `Host(\`shop.example.com\`) && Header(\`X-Api-Key\`, \`${plant("IngressRoute match")}\`)`, services: [{ name: "app" }] }] },
    }),
    object("networking.istio.io/v1", "VirtualService", {
      spec: {
        hosts: ["shop.example.com"],
        http: [
          {
            match: [{ headers: { "x-api-key": { exact: plant("VirtualService match") } }, queryParams: { token: { exact: plant("VirtualService query") } } }],
            headers: { request: { set: { authorization: `Bearer ${plant("VirtualService header")}`, "x-api-key": plant("VirtualService key") } } },
          },
        ],
      },
    }),
    object("route.openshift.io/v1", "Route", { spec: { to: { name: "app" }, tls: { termination: "edge", key: plant("Route key") } } }),
    object("projectcontour.io/v1", "HTTPProxy", {
      spec: {
        routes: [
          {
            conditions: [{ header: { name: "x-api-key", exact: plant("HTTPProxy match") } }],
            requestHeadersPolicy: { set: [{ name: "X-Api-Key", value: plant("HTTPProxy header") }] },
          },
        ],
      },
    }),
    object("traefik.io/v1alpha1", "IngressRouteTCP", {
      spec: { routes: [{ match: `Query(\`token=${plant("IngressRoute query")}\`)`, services: [{ name: "app" }] }] },
    }),
    object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", { webhooks: [hook] }),
    object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", { webhooks: [{ ...hook, clientConfig: { url: url("mutating webhook") } }] }),
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      spec: {
        group: "x.example",
        names: { kind: "X", plural: "xs" },
        versions: [],
        conversion: { strategy: "Webhook", webhook: { clientConfig: { url: url("CRD") } } },
      },
    }),
    object("cilium.io/v2", "CiliumNetworkPolicy", {
      spec: { endpointSelector: {}, ingress: [{ toPorts: [{ rules: { http: [{ headers: [`X-Api-Key: ${plant("Cilium header")}`] }] } }] }] },
    }),
    object("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", { spec: { config: JSON.stringify({ type: "x", apiToken: plant("CNI") }) } }),
    object("kyverno.io/v1", "ClusterPolicy", {
      spec: {
        rules: [
          {
            name: "make",
            context: [
              {
                name: "x",
                apiCall: { service: { url: url("Kyverno call"), headers: [{ key: "Authorization", value: `Bearer ${plant("Kyverno header")}` }] } },
              },
            ],
            generate: {
              kind: "Secret",
              name: "x",
              data: { kind: "Secret", data: { any: btoa(plant("Kyverno Secret")) }, stringData: { any: plant("Kyverno text") } },
            },
          },
        ],
      },
    }),
    object("external-secrets.io/v1", "ExternalSecret", { spec: { note: plant("ExternalSecret") } }),
    object("v1", "Secret", { data: { any: plant("Secret") } }),
    object("v1", "Event", { message: plant("Event") }),
    object("apps/v1", "ControllerRevision", { data: template("ControllerRevision") }),
    workload("apps/v1", "Deployment"),
    workload("apps/v1", "StatefulSet", { volumeClaimTemplates: claims }),
    workload("apps/v1", "DaemonSet"),
    workload("apps/v1", "ReplicaSet"),
    workload("v1", "ReplicationController"),
    workload("batch/v1", "Job"),
    object("batch/v1", "CronJob", { spec: { schedule: "* * * * *", jobTemplate } }),
    livePod("bare"),
    livePod("of-deployment", [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "replicaset", controller: true, uid: "x" }]),
    livePod("of-custom", owner("Custom", "example.com/v1")),
    livePod("of-node", [{ apiVersion: "v1", kind: "Node", name: "node", controller: true, uid: "x" }]),
  ];
  for (const [value, place] of [...places]) places.set(btoa(value).replace(/=+$/, ""), place);
  return { objects, places };
}
