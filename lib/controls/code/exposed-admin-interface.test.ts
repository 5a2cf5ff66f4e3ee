import { configMap, deployment, ingress, networkPolicy, node, service } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { describeControl } from "../testing";
import control from "./exposed-admin-interface";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const grafana = deployment({ container: { image: `docker.io/grafana/grafana:11.2.0@${digest}` } });
const target = { kind: "Deployment", name: "app" };
const cloudNode = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });

const crd = (name: string) => ({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } });

const APP = { name: "web", image: `registry.example.com/web:1.0.0@${digest}`, ports: [{ name: "web", containerPort: 8080 }] };
/** Beside a container of another purpose: each says on which port it listens. */
const beside = (more: object = {}) =>
  deployment({
    podSpec: {
      containers: [
        { ...APP, ...more },
        { name: "grafana", image: `docker.io/grafana/grafana:11.2.0@${digest}`, ports: [{ containerPort: 3000 }] },
      ],
    },
  });
const twoConsoles = deployment({
  podSpec: {
    containers: [
      { name: "redis", image: `docker.io/library/redis:7.4.1@${digest}`, ports: [{ containerPort: 6379 }] },
      { name: "adminer", image: `docker.io/library/adminer:5.4.1@${digest}`, ports: [{ containerPort: 8080 }] },
    ],
  },
});
const leadsTo = (targetPort: number | string) =>
  service({ spec: { type: "LoadBalancer", ports: [{ port: 80, targetPort }] }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } });
const limited = (range: string) =>
  ingress({ annotations: { "nginx.ingress.kubernetes.io/whitelist-source-range": range }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } });

const servedBy = (controller: string) => ({ apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "public" }, spec: { controller } });

/** Redis, which listens on two ports. */
const onNode = (podSpec: JsonRecord, isOpened = false) => {
  const ports = [6379, 16379].map((containerPort) => ({ containerPort, ...(isOpened && { hostPort: containerPort }) }));
  return deployment({ podSpec, container: { image: `docker.io/library/redis:7.4.1@${digest}`, ports } });
};

/** Beside Redis, both behind one Service, with an Ingress to one of its ports. */
const routedTo = (number: number) => [
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
    status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
  }),
];

/** An ingress controller that passes a port on, as it is. */
const passedOn = [
  deployment({ name: "ingress", container: { args: ["--tcp-services-configmap=shop/tcp"] } }),
  configMap({ name: "tcp", data: { "3000": "shop/app:http" } }),
  service({
    name: "ingress",
    spec: { type: "LoadBalancer", selector: { app: "ingress" }, ports: [{ port: 3000 }] },
    status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
  }),
];

const binding = (labels: object = {}, apiVersion = "elbv2.k8s.aws/v1beta1") => ({
  apiVersion,
  kind: "TargetGroupBinding",
  metadata: { name: "app", namespace: "shop", labels },
  spec: { serviceRef: { name: "app", port: 80 }, targetType: "ip", targetGroupARN: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/app/1" },
});

describeControl(control, {
  fails: [
    {
      name: "bound to a load balancer of AWS through its node port, which is open by itself",
      objects: [cloudNode, grafana, service({ spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] } }), binding({}, "eks.amazonaws.com/v1")],
      target,
      severity: "high",
      evidence: [{ path: "spec.type" }],
    },
    {
      name: "behind a port that an ingress controller passes on",
      objects: [cloudNode, grafana, service(), ...passedOn],
      target,
      severity: "critical",
      evidence: [{ path: 'data["3000"]', value: "shop/app:http" }],
    },
    { name: "behind the port that an Ingress names", objects: [cloudNode, ...routedTo(6379)], target, severity: "critical" },
    {
      name: "behind an external address of a private network",
      objects: [cloudNode, grafana, service({ spec: { externalIPs: ["192.168.1.10"] } })],
      target,
      severity: "high",
      evidence: [{ path: "spec.externalIPs", message: "Grafana: Service app answers on every node to what is sent to external IP 192.168.1.10." }],
    },
    {
      name: "behind an Ingress with a list of networks that its controller does not heed",
      objects: [cloudNode, grafana, service(), servedBy("traefik.io/ingress-controller"), limited("10.0.0.0/8")],
      target,
      severity: "critical",
      evidence: [{ path: "spec.rules", message: "Grafana: Ingress app routes to it." }],
    },
    {
      name: "on the network of its node, by two ports",
      objects: [cloudNode, networkPolicy(), onNode({ hostNetwork: true })],
      target,
      severity: "high",
      evidence: [{ path: "spec.template.spec.containers[0].ports[0].containerPort", value: "6379" }],
    },
    {
      name: "by two ports of its node",
      objects: [cloudNode, onNode({}, true)],
      target,
      severity: "high",
      evidence: [{ path: "spec.template.spec.containers[0].ports[1].hostPort", value: "16379" }],
    },
    {
      name: "beside another that nothing leads to",
      objects: [cloudNode, twoConsoles, leadsTo(8080)],
      target,
      severity: "critical",
      evidence: [{ path: "spec.type", message: "Adminer: Service app is a load balancer. Its address 34.1.2.3 is on the internet." }],
    },
    { name: "two in one pod, behind one Service", objects: [cloudNode, twoConsoles, leadsTo(9000)], target, severity: "critical" },
    { name: "beside another container, by its own port", objects: [cloudNode, beside(), leadsTo(3000)], target, severity: "critical" },
    { name: "beside another container, by a port that none names", objects: [cloudNode, beside(), leadsTo(9000)], target, severity: "critical" },
    {
      name: "behind an Ingress for named networks",
      objects: [cloudNode, grafana, service(), limited("198.51.100.0/24")],
      target,
      severity: "medium",
      evidence: [{ path: "spec.rules", message: "Grafana: Ingress app routes to it. Only 198.51.100.0/24 may connect." }],
    },
    {
      name: "behind a public load balancer",
      objects: [cloudNode, grafana, service({ spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } })],
      target,
      evidence: [{ path: "spec.type", value: "LoadBalancer", severity: "critical" }],
      severity: "critical",
    },
    ...["docker.io/qdrant/qdrant:v1.16.0", "docker.io/apache/kafka:4.1.0", "docker.io/codercom/code-server:4.105.1"].map((image) => ({
      name: `a store or a tool that nobody should reach: ${image}`,
      objects: [
        cloudNode,
        deployment({ container: { image: `${image}@${digest}` } }),
        service({ spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } }),
      ],
      target,
      severity: "critical" as const,
    })),
    {
      name: "the console of a service mesh",
      objects: [
        cloudNode,
        deployment({ container: { image: `quay.io/kiali/kiali:v2.27@${digest}` } }),
        service({ spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } }),
      ],
      target,
      severity: "critical",
    },
    {
      name: "on a port of every node",
      objects: [cloudNode, grafana, service({ spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] } })],
      target,
      severity: "high",
    },
    {
      name: "behind an Ingress with a public address",
      objects: [cloudNode, grafana, service(), ingress({ status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } })],
      target,
      severity: "critical",
    },
    {
      name: "behind a load balancer that has no address yet",
      objects: [node(), grafana, service({ spec: { type: "LoadBalancer" } })],
      target,
      severity: "high",
    },
    {
      name: "behind a load balancer for named networks",
      objects: [cloudNode, grafana, service({ spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"] } })],
      target,
      severity: "medium",
    },
    ...(["konghq.com/plugins", "traefik.ingress.kubernetes.io/router.middlewares", "nginx.org/policies"] as const).map((name) => ({
      name: `behind an add-on of another purpose: ${name}`,
      objects: [cloudNode, grafana, service(), ingress({ annotations: { [name]: "rate-limit" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } })],
      target,
      severity: "critical" as const,
    })),
    {
      name: "behind an emptied annotation",
      objects: [
        cloudNode,
        grafana,
        service(),
        ingress({ annotations: { "nginx.ingress.kubernetes.io/auth-url": "" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } }),
      ],
      target,
      severity: "critical",
    },
    {
      name: "behind a Service whose pods an operator chooses",
      objects: [
        cloudNode,
        grafana,
        service({ spec: { type: "LoadBalancer", selector: undefined }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } }),
        {
          apiVersion: "discovery.k8s.io/v1",
          kind: "EndpointSlice",
          metadata: { name: "app-1", namespace: "shop", labels: { "kubernetes.io/service-name": "app" } },
          endpoints: [{ addresses: ["10.0.0.9"], targetRef: { kind: "Pod", name: "app-7d9c5b8f6-x2x9z" } }],
        },
      ],
      target,
      severity: "critical",
    },
    {
      name: "on a port of its node",
      objects: [cloudNode, deployment({ container: { image: `docker.io/library/redis:7.4.1@${digest}`, ports: [{ containerPort: 6379, hostPort: 6379 }] } })],
      target,
      severity: "high",
    },
  ],
  passes: [
    {
      name: "bound to a load balancer by what the controller made for an Ingress, which tells more",
      objects: [
        cloudNode,
        grafana,
        service(),
        binding({ "ingress.k8s.aws/stack-name": "app" }),
        ingress({ status: { loadBalancer: { ingress: [{ hostname: "internal-k8s-app-1.eu-west-1.elb.amazonaws.com" }] } } }),
      ],
      target,
    },
    { name: "beside what an Ingress leads to, in one pod", objects: [cloudNode, ...routedTo(80)], target },
    {
      name: "behind an Ingress for its own networks, which its controller heeds",
      objects: [cloudNode, grafana, service(), servedBy("k8s.io/ingress-nginx"), limited("10.0.0.0/8")],
      target,
    },
    { name: "beside another container, by the port of that", objects: [cloudNode, beside(), leadsTo(8080)], target },
    { name: "beside another container, by the name of its port", objects: [cloudNode, beside(), leadsTo("web")], target },
    {
      name: "beside another container that has a port of the node",
      objects: [cloudNode, beside({ ports: [{ containerPort: 8080, hostPort: 8080 }] })],
      target,
    },
    { name: "behind an Ingress for private networks", objects: [cloudNode, grafana, service(), limited("10.0.0.0/8, 192.168.4.0/24")], target },
    {
      name: "behind a load balancer for private networks",
      objects: [cloudNode, grafana, service({ spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.0.0.0/8"] } })],
      target,
    },
    {
      name: "named by a route of another namespace, which it grants nothing",
      objects: [
        cloudNode,
        grafana,
        service(),
        {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "Gateway",
          metadata: { name: "public", namespace: "edge" },
          spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
          status: { addresses: [{ value: "34.1.2.3" }] },
        },
        {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "HTTPRoute",
          metadata: { name: "app", namespace: "edge" },
          spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [{ name: "app", namespace: "shop", port: 80 }] }] },
        },
      ],
      target,
      evidence: [{ path: "spec.rules[0].backendRefs[0]", value: "shop/app" }],
    },
    {
      name: "named by a route of another namespace than the gateway takes",
      objects: [
        cloudNode,
        grafana,
        service(),
        {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "Gateway",
          metadata: { name: "public", namespace: "edge" },
          spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } }] },
          status: { addresses: [{ value: "34.1.2.3" }] },
        },
        {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "HTTPRoute",
          metadata: { name: "app", namespace: "shop" },
          spec: { parentRefs: [{ name: "public", namespace: "edge" }], rules: [{ backendRefs: [{ name: "app", port: 80 }] }] },
        },
      ],
      target,
      evidence: [{ path: "spec.rules", message: "Grafana: HTTPRoute shop/app names it, but Gateway public does not take that route: it is not routed." }],
    },
    ...(["konghq.com/plugins", "traefik.ingress.kubernetes.io/router.middlewares"] as const).map((name) => ({
      name: `behind an add-on that is called after a sign-in: ${name}`,
      objects: [
        cloudNode,
        grafana,
        service(),
        ingress({ annotations: { [name]: "shop-oidc@kubernetescrd" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } }),
      ],
      target,
    })),
    { name: "reachable in the cluster only", objects: [cloudNode, grafana, service()], target },
    {
      name: "behind an Ingress that asks for a sign-in",
      objects: [
        cloudNode,
        grafana,
        service(),
        ingress({
          annotations: { "nginx.ingress.kubernetes.io/auth-url": "https://login.example.com" },
          status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
        }),
      ],
      target,
    },
    {
      name: "an internal load balancer",
      objects: [
        cloudNode,
        grafana,
        service({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }, spec: { type: "LoadBalancer" } }),
      ],
      target,
    },
    { name: "routes of another kind, and no Service that they could lead to", objects: [cloudNode, grafana, crd("ingressroutes.traefik.io")], target },
    { name: "another custom kind", objects: [cloudNode, grafana, service(), crd("certificates.cert-manager.io")], target },
    { name: "the Service selects other pods", objects: [cloudNode, grafana, service({ spec: { type: "NodePort", selector: { app: "other" } } })], target },
  ],
  notApplicable: [{ name: "an ordinary program", objects: [cloudNode, deployment(), service({ spec: { type: "NodePort" } })], target }],
  unknown: [
    {
      name: "bound to a load balancer of AWS that something else made",
      objects: [cloudNode, grafana, service(), binding()],
      target,
      reason:
        "Who may connect to the load balancer of target group arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/app/1, which TargetGroupBinding app leads here, is decided outside of the cluster.",
    },
    { name: "what is bound to load balancers was not read", objects: [cloudNode, grafana, service()], target, missing: ["targetGroupBindings"] },
    { name: "what ingress controllers pass on was not read", objects: [cloudNode, grafana, service(), ...passedOn], target, missing: ["configMaps"] },
    ...["routegroups.zalando.org", "tcps.ingress.v3.haproxy.org", "virtualservers.cis.f5.com", "virtualservices.gateway.solo.io"].map((name) => ({
      name: `behind a Service in a cluster that serves ${name}`,
      objects: [cloudNode, grafana, service(), crd(name)],
    })),
    {
      name: "behind a load balancer whose rules are not in the cluster, with ranges that do nothing beside them",
      objects: [
        cloudNode,
        grafana,
        service({
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1" },
          spec: { type: "LoadBalancer", ports: [{ port: 80 }], loadBalancerSourceRanges: ["198.51.100.0/24"] },
          status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
        }),
      ],
      target,
    },
    {
      name: "named by a route of another namespace, in a part of a cluster that need not show the grant",
      objects: [
        cloudNode,
        grafana,
        service(),
        {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "Gateway",
          metadata: { name: "public", namespace: "edge" },
          spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
          status: { addresses: [{ value: "34.1.2.3" }] },
        },
        {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "HTTPRoute",
          metadata: { name: "app", namespace: "edge" },
          spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [{ name: "app", namespace: "shop", port: 80 }] }] },
        },
      ],
      target,
      complete: false,
    },
    {
      name: "a Service that routes of another kind may lead to",
      objects: [cloudNode, grafana, service(), crd("ingressroutes.traefik.io")],
      target,
      reason: "Whether IngressRoutes of Traefik lead to its Service is not read.",
    },
    { name: "Services cannot be listed", objects: [cloudNode, grafana], target, missing: ["services"] },
    { name: "nothing leads to it, in a part of a cluster", objects: [grafana, service()], target, complete: false },
  ],
});
