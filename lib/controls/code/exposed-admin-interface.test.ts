import { deployment, ingress, ingressClass, node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import {
  beside,
  binding,
  cloudNode,
  crd,
  digest,
  gateway,
  grafana,
  guardedByEnvoy,
  limited,
  passedOn,
  PUBLIC,
  route,
  routedByEnvoy,
  routedByTraefik,
  routedTo,
  served,
  signedIn,
  target,
} from "../testing-consoles";
import control from "./exposed-admin-interface";

const TO_WEB = [{ name: "web", port: 80 }];

describeControl(control, {
  fails: [
    { name: "behind an IngressRoute of Traefik", objects: [cloudNode, grafana, service(), ...routedByTraefik], target, severity: "critical", remedy: false },
    { name: "behind a route to a pool of model servers", objects: [cloudNode, ...served], target, severity: "critical" },
    { name: "behind a gateway of Envoy that asks for nothing", objects: [cloudNode, grafana, service(), ...routedByEnvoy], target, severity: "critical" },
    {
      name: "sent a copy of each request",
      objects: [
        cloudNode,
        grafana,
        service(),
        gateway({ namespaces: { from: "All" } }),
        route("shop", { backendRefs: TO_WEB }, { backendRefs: TO_WEB, filters: [{ requestMirror: { backendRef: { name: "app", port: 80 } } }] }),
      ],
      target,
      severity: "critical",
      evidence: [
        {
          path: "spec.rules[1].filters[0].requestMirror.backendRef",
          value: "shop/app",
          message: "Grafana: HTTPRoute app mirrors requests to it through Gateway public.",
        },
      ],
    },
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
      objects: [cloudNode, grafana, service(), ingressClass("traefik.io/ingress-controller"), limited("10.0.0.0/8")],
      target,
      severity: "critical",
      evidence: [{ path: "spec.rules", message: "Grafana: Ingress app routes to it." }],
    },
    {
      name: "behind an Ingress for named networks",
      objects: [cloudNode, grafana, service(), limited("198.51.100.0/24")],
      target,
      severity: "medium",
      evidence: [{ path: "spec.rules", message: "Grafana: Ingress app routes to it. Only 198.51.100.0/24 may connect." }],
    },
    {
      name: "behind a public load balancer",
      objects: [cloudNode, grafana, service({ spec: { type: "LoadBalancer" }, ...PUBLIC })],
      target,
      evidence: [{ path: "spec.type", value: "LoadBalancer", severity: "critical" }],
      severity: "critical",
    },
    ...[
      "docker.io/qdrant/qdrant:v1.16.0",
      "ghcr.io/zalando/spilo-17:4.0-p3",
      "mcr.microsoft.com/mssql/server:2022-latest",
      "docker.io/apache/kafka:4.1.0",
      "docker.io/codercom/code-server:4.105.1",
    ].map((image) => ({
      name: `a store or a tool that nobody should reach: ${image}`,
      objects: [cloudNode, deployment({ container: { image: `${image}@${digest}` } }), service({ spec: { type: "LoadBalancer" }, ...PUBLIC })],
      target,
      severity: "critical" as const,
    })),
    {
      name: "the console of a service mesh",
      objects: [cloudNode, deployment({ container: { image: `quay.io/kiali/kiali:v2.27@${digest}` } }), service({ spec: { type: "LoadBalancer" }, ...PUBLIC })],
      target,
      severity: "critical",
    },
    {
      name: "on a port of every node, whatever else was refused",
      objects: [cloudNode, grafana, service({ spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] } })],
      target,
      missing: ["configMaps", "targetGroupBindings"],
      severity: "high",
    },
    {
      name: "on a port of every node",
      objects: [cloudNode, grafana, service({ spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] } })],
      target,
      severity: "high",
    },
    {
      name: "behind an Ingress with a public address",
      objects: [cloudNode, grafana, service(), ingress({ ...PUBLIC })],
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
      objects: [cloudNode, grafana, service(), ingress({ annotations: { [name]: "rate-limit" }, ...PUBLIC })],
      target,
      severity: "critical" as const,
    })),
    {
      name: "behind an emptied annotation",
      objects: [cloudNode, grafana, service(), ingress({ annotations: { "nginx.ingress.kubernetes.io/auth-url": "" }, ...PUBLIC })],
      target,
      severity: "critical",
    },
    {
      name: "behind a Service whose pods an operator chooses",
      objects: [
        cloudNode,
        grafana,
        service({ spec: { type: "LoadBalancer", selector: undefined }, ...PUBLIC }),
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
  ],
  passes: [
    { name: "behind a gateway of Envoy that asks for passwords", objects: [cloudNode, grafana, service(), ...guardedByEnvoy], target },
    {
      name: "named by a route that gives it no weight",
      objects: [
        cloudNode,
        grafana,
        service(),
        gateway({ namespaces: { from: "All" } }),
        route("shop", { backendRefs: [{ name: "app", port: 80, weight: 0 }] }),
      ],
      target,
      evidence: [{ path: "spec.rules[0].backendRefs[0].weight", value: "0" }],
    },
    {
      name: "beside a port that is bound to a load balancer of AWS",
      objects: [
        cloudNode,
        beside(),
        service({
          spec: {
            ports: [
              { port: 80, targetPort: "web" },
              { name: "console", port: 3000 },
            ],
          },
        }),
        binding(),
      ],
      target,
    },
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
    {
      name: "behind an Ingress for its own networks, which its controller heeds",
      objects: [cloudNode, grafana, service(), ingressClass("k8s.io/ingress-nginx"), limited("10.0.0.0/8")],
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
      objects: [cloudNode, grafana, service(), gateway(), route("edge")],
      target,
      evidence: [{ path: "spec.rules[0].backendRefs[0]", value: "shop/app" }],
    },
    {
      name: "named by a route of another namespace than the gateway takes",
      objects: [cloudNode, grafana, service(), gateway({ namespaces: { from: "Same" } }), route("shop")],
      target,
      evidence: [{ path: "spec.rules", message: "Grafana: HTTPRoute shop/app names it, but Gateway public does not take that route: it is not routed." }],
    },
    ...(["konghq.com/plugins", "traefik.ingress.kubernetes.io/router.middlewares"] as const).map((name) => ({
      name: `behind an add-on that is called after a sign-in: ${name}`,
      objects: [cloudNode, grafana, service(), ingress({ annotations: { [name]: "shop-oidc@kubernetescrd" }, ...PUBLIC })],
      target,
    })),
    { name: "reachable in the cluster only", objects: [cloudNode, grafana, service()], target },
    { name: "behind an Ingress that asks for a sign-in", objects: [cloudNode, grafana, service(), signedIn], target },
    {
      name: "an internal load balancer",
      objects: [
        cloudNode,
        grafana,
        service({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }, spec: { type: "LoadBalancer" } }),
      ],
      target,
    },
    { name: "routes of another kind, and no Service that they could lead to", objects: [cloudNode, grafana, crd("mappings.getambassador.io")], target },
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
    ...[
      "multiclusteringresses.networking.gke.io",
      "routegroups.zalando.org",
      "tcps.ingress.v3.haproxy.org",
      "virtualservers.cis.f5.com",
      "virtualservices.gateway.solo.io",
    ].map((name) => ({
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
          ...PUBLIC,
        }),
      ],
      target,
    },
    {
      name: "named by a route of another namespace, in a part of a cluster that need not show the grant",
      objects: [cloudNode, grafana, service(), gateway(), route("edge")],
      target,
      complete: false,
    },
    {
      name: "a Service that routes of another kind may lead to",
      objects: [cloudNode, grafana, service(), crd("mappings.getambassador.io")],
      target,
      reason: "Whether Mappings of Emissary lead to its Service is not read.",
    },
    {
      name: "a Service that an Ingress with a sign-in leads to, and routes of another kind may",
      objects: [cloudNode, grafana, service(), signedIn, crd("mappings.getambassador.io")],
      target,
      reason: "Whether Mappings of Emissary lead to its Service is not read.",
    },
    {
      name: "a Service that a tunnel to the internet may lead to",
      objects: [
        cloudNode,
        grafana,
        service(),
        deployment({ name: "cloudflared", container: { image: "cloudflare/cloudflared:2026.10.0", args: ["tunnel", "run"] } }),
      ],
      target,
      reason: "Whether the tunnel of Cloudflare that Deployment shop/cloudflared keeps open leads to its Service is not read.",
    },
    { name: "routes of other routers were not read", objects: [cloudNode, grafana, service()], target, missing: ["customRoutes"] },
    { name: "Services cannot be listed", objects: [cloudNode, grafana], target, missing: ["services"] },
    { name: "nothing leads to it, in a part of a cluster", objects: [grafana, service()], target, complete: false },
  ],
});
