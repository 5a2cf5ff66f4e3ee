import type { JsonRecord } from "../model/json";
import { componentPod } from "../inventory/nodes/testing-control-plane";
import { configMap, deployment, ingress, node, service } from "../inventory/testing";

export const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
export const grafana = deployment({ container: { image: `docker.io/grafana/grafana:11.2.0@${digest}` } });
/** Of a Service or an Ingress. */
export const PUBLIC = { status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } };
export const gateway = (allowedRoutes?: object) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "public", namespace: "edge" },
  spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP", ...(allowedRoutes && { allowedRoutes }) }] },
  status: { addresses: [{ value: "34.1.2.3" }] },
});
export const route = (namespace: string, ...rules: readonly object[]) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "app", namespace },
  spec: {
    parentRefs: [{ name: "public", namespace: "edge" }],
    rules: rules.length > 0 ? rules : [{ backendRefs: [{ name: "app", namespace: "shop", port: 80 }] }],
  },
});
export const target = { kind: "Deployment", name: "app" };
export const cloudNode = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });

export const crd = (name: string) => ({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } });

export const APP = { name: "web", image: `registry.example.com/web:1.0.0@${digest}`, ports: [{ name: "web", containerPort: 8080 }] };
/** Beside a container of another purpose: each says on which port it listens. */
export const beside = (more: object = {}) =>
  deployment({
    podSpec: {
      containers: [
        { ...APP, ...more },
        { name: "grafana", image: `docker.io/grafana/grafana:11.2.0@${digest}`, ports: [{ containerPort: 3000 }] },
      ],
    },
  });
export const twoConsoles = deployment({
  podSpec: {
    containers: [
      { name: "redis", image: `docker.io/library/redis:7.4.1@${digest}`, ports: [{ containerPort: 6379 }] },
      { name: "adminer", image: `docker.io/library/adminer:5.4.1@${digest}`, ports: [{ containerPort: 8080 }] },
    ],
  },
});
export const leadsTo = (targetPort: number | string) => service({ spec: { type: "LoadBalancer", ports: [{ port: 80, targetPort }] }, ...PUBLIC });
export const signedIn = ingress({ annotations: { "nginx.ingress.kubernetes.io/auth-url": "https://login.example.com" }, ...PUBLIC });
export const limited = (range: string) => ingress({ annotations: { "nginx.ingress.kubernetes.io/whitelist-source-range": range }, ...PUBLIC });

/** Redis, which listens on two ports. */
export const onNode = (podSpec: JsonRecord, isOpened = false) => {
  const ports = [6379, 16379].map((containerPort) => ({ containerPort, ...(isOpened && { hostPort: containerPort }) }));
  return deployment({ podSpec, container: { image: `docker.io/library/redis:7.4.1@${digest}`, ports } });
};

/** Redis on the network of its node, which says no port. */
export const undeclared = (more: object = {}, others: readonly object[] = []) =>
  deployment({ podSpec: { hostNetwork: true, containers: [{ name: "redis", image: `docker.io/library/redis:7.4.1@${digest}`, ...more }, ...others] } });

/** Beside Redis, both behind one Service, with an Ingress to one of its ports. */
export const routedTo = (number: number) => [
  deployment({ podSpec: { containers: [APP, { name: "redis", image: `docker.io/library/redis:7.4.1@${digest}`, ports: [{ containerPort: 6379 }] }] } }),
  service({
    spec: {
      ports: [
        { name: "http", port: 80, targetPort: "web" },
        { name: "data", port: 6379 },
      ],
    },
  }),
  ingress({
    spec: {
      rules: [{ host: "shop.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "app", port: { number } } } }] } }],
    },
    ...PUBLIC,
  }),
];

/** An ingress controller that passes a port on, as it is. */
export const passedOn = [
  deployment({ name: "ingress", container: { args: ["--tcp-services-configmap=shop/tcp"] } }),
  configMap({ name: "tcp", data: { "3000": "shop/app:http" } }),
  service({
    name: "ingress",
    spec: { type: "LoadBalancer", selector: { app: "ingress" }, ports: [{ port: 3000 }] },
    ...PUBLIC,
  }),
];

export const binding = (labels: object = {}, apiVersion = "elbv2.k8s.aws/v1beta1") => ({
  apiVersion,
  kind: "TargetGroupBinding",
  metadata: { name: "app", namespace: "shop", labels },
  spec: { serviceRef: { name: "app", port: 80 }, targetType: "ip", targetGroupARN: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/app/1" },
});

/** Of a Gateway of Envoy. */
const byEnvoy = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "GatewayClass",
  metadata: { name: "envoy" },
  spec: { controllerName: "gateway.envoyproxy.io/gatewayclass-controller" },
};
const withPasswords = {
  apiVersion: "gateway.envoyproxy.io/v1alpha1",
  kind: "SecurityPolicy",
  metadata: { name: "gate", namespace: "edge" },
  spec: { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "public" }], basicAuth: { users: { name: "users" } } },
};
const envoyGateway = {
  ...gateway({ namespaces: { from: "All" } }),
  spec: { ...gateway({ namespaces: { from: "All" } }).spec, gatewayClassName: "envoy" },
};

/** A route through a Gateway of Envoy, which asks for nothing. */
export const routedByEnvoy = [byEnvoy, envoyGateway, route("shop")];
/** The same with passwords in front of all that it serves. */
export const guardedByEnvoy = [...routedByEnvoy, withPasswords];

/** A model server that a route leads to without a Service. */
export const served = [
  deployment({ container: { image: `docker.io/vllm/vllm-openai:v0.11.0@${digest}`, ports: [{ containerPort: 8000 }] } }),
  {
    apiVersion: "inference.networking.k8s.io/v1",
    kind: "InferencePool",
    metadata: { name: "models", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "app" } }, targetPorts: [{ number: 8000 }] },
  },
  gateway({ namespaces: { from: "All" } }),
  route("shop", { backendRefs: [{ group: "inference.networking.k8s.io", kind: "InferencePool", name: "models" }] }),
];

/** One of several static pods of etcd, with a port of its node. */
export const member = (nodeName: string, ...flags: readonly string[]) =>
  componentPod("etcd", flags, { node: nodeName, container: { ports: [{ containerPort: 2379, hostPort: 2379 }] } });

/** An IngressRoute of the Traefik whose load balancer is on the internet. */
export const routedByTraefik = [
  deployment({ name: "traefik", container: { image: `docker.io/library/traefik:v3.6@${digest}` } }),
  service({ name: "traefik", spec: { type: "LoadBalancer", selector: { app: "traefik" } }, ...PUBLIC }),
  {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: "app", namespace: "shop" },
    spec: { routes: [{ match: "Host(`app.example.com`)", services: [{ name: "app", port: 80 }] }] },
  },
];
