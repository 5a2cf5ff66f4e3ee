import { manifest, type Manifest } from "./manifest";

const NETWORKING = "networking.k8s.io/v1";

export function networkPolicyManifests(): readonly Manifest[] {
  const policy = (namespace: string, name: string, spec: Manifest) => manifest(NETWORKING, "NetworkPolicy", namespace, name, { spec });
  return [
    policy("shop", "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy("shop", "web", {
      podSelector: { matchLabels: { app: "web" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "edge" } } }], ports: [{ port: 8080 }] }],
    }),
    policy("bank", "deny-ingress", { podSelector: {}, policyTypes: ["Ingress"] }),
    policy("bank", "open-egress", { podSelector: { matchLabels: { app: "queue" } }, policyTypes: ["Egress"], egress: [{}] }),
    policy("legacy", "open-ingress", { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] }),
    policy("jobs", "no-metadata", {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }] }],
    }),
  ];
}

export function serviceManifests(): readonly Manifest[] {
  const service = (namespace: string, name: string, spec: Manifest, annotations: Readonly<Record<string, string>> = {}) =>
    manifest("v1", "Service", namespace, name, { spec: { selector: { app: name }, ...spec } }, { annotations });
  return [
    service("shop", "web", { ports: [{ name: "http", port: 80, targetPort: 8080 }] }),
    service("bank", "ledger", { clusterIP: "None", ports: [{ port: 5432 }] }),
    service("bank", "queue", { type: "NodePort", ports: [{ port: 6379 }] }),
    service("legacy", "builder", {
      type: "LoadBalancer",
      ports: [
        { name: "ssh", port: 22 },
        { name: "ui", port: 9000 },
      ],
    }),
    service("edge", "iis", { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"], ports: [{ port: 443 }] }),
    service("edge", "inside", { type: "LoadBalancer", ports: [{ port: 443 }] }, { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }),
    service("edge", "elsewhere", { type: "ExternalName", externalName: "api.example.org", selector: {} }),
  ];
}

export function ingressManifests(): readonly Manifest[] {
  const backend = (name: string, port: number) => ({ service: { name, port: { number: port } } });
  const rule = (host: string, name: string, port: number) => ({ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: backend(name, port) }] } });
  return [
    manifest(NETWORKING, "Ingress", "shop", "web", {
      spec: { ingressClassName: "public", tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }], rules: [rule("shop.example.com", "web", 80)] },
    }),
    manifest(NETWORKING, "Ingress", "legacy", "grafana", { spec: { rules: [rule("grafana.example.com", "builder", 9000)] } }),
    manifest(NETWORKING, "IngressClass", null, "public", { spec: { controller: "example.com/ingress" } }),
  ];
}
