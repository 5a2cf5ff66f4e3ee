import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { cloudNode, digest } from "@/lib/controls/testing-consoles";
import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { record } from "@/lib/model/json";
import { deployment, ingress, namespace, service } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";
import { toInventory } from "./to-inventory";

const AWS = "service.beta.kubernetes.io/aws-load-balancer";
const at = (hostname: string) => ({ status: { loadBalancer: { ingress: [{ hostname }] } } });
/** A console in a namespace of its own behind the network load balancer, whose name does not tell where it is, of a controller in another. */
const behind = (name: string, scheme: string): readonly object[] => {
  const address = `k8s-${name}-1a2b3c.elb.eu-west-1.amazonaws.com`;
  return [
    namespace({ name }),
    deployment({ namespace: name, container: { image: `docker.io/grafana/grafana:11.2.0@${digest}` } }),
    service({ namespace: name }),
    ingress({ namespace: name, ...at(address) }),
    service({
      name,
      namespace: "edge",
      metadata: { annotations: { [`${AWS}-type`]: "external", [`${AWS}-scheme`]: scheme } },
      spec: { type: "LoadBalancer", selector: { app: "edge" } },
      ...at(address),
    }),
  ];
};

/** The same behind the Traefik of another namespace. */
const behindTraefik = (name: string, annotations: object, args: readonly string[], front: object): readonly object[] => [
  namespace({ name }),
  deployment({ namespace: name, container: { image: `docker.io/grafana/grafana:11.2.0@${digest}` } }),
  service({ namespace: name }),
  {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: "app", namespace: name, annotations },
    spec: { routes: [{ match: "Host(`app.example.com`)", services: [{ name: "app", port: 80 }] }] },
  },
  deployment({ name: `traefik-${name}`, namespace: "edge", container: { image: `docker.io/library/traefik:v3.6@${digest}`, args } }),
  service({ name: `traefik-${name}`, namespace: "edge", ...front, spec: { selector: { app: `traefik-${name}` }, ...record(record(front).spec) } }),
];
const PUBLIC = { spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } };
const CRD = "--providers.kubernetesCRD";
/** One has no Service but for the cluster; the other, on the internet, looks for routes in its own namespace alone, and nobody serves those elsewhere for sure. */
const BEHIND_TRAEFIKS = [
  ...behindTraefik("routed", {}, [], {}),
  ...behindTraefik("unwatched", { "kubernetes.io/ingress.class": "narrow" }, [`${CRD}.ingressClass=narrow`, `${CRD}.namespaces=edge`], PUBLIC),
];

const OBJECTS = [cloudNode, namespace({ name: "edge" }), ...behind("open", "internet-facing"), ...behind("closed", "internal"), ...BEHIND_TRAEFIKS];

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan(OBJECTS);
});
afterAll(() => cluster.stop());

test("offers to close what is reached through a load balancer of another namespace", async () => {
  const { rows } = await cluster.ask(getFindings, "?control=exposed-admin-interface");
  expect(rows).toMatchObject([{ state: "open", severity: "critical", resource: { namespace: "open" } }]);
  const { patch } = await cluster.ask(getFinding, "", { id: rows[0].id });
  expect(patch).toMatchObject({ kubectl: "kubectl delete ingress.networking.k8s.io/app -n open", proof: { turnsGreen: true, breaks: [] } });
});

test.each([
  { place: "closed", ofConsole: "pass" },
  { place: "routed", ofConsole: "pass" },
  // A Traefik that is not seen may serve it.
  { place: "unwatched", ofConsole: "unknown" },
])(
  "counts as met what a load balancer or a router of another namespace shows to lead nobody in, and nothing that may lead somebody: $place",
  async ({ place, ofConsole }) => {
    const { rings } = await cluster.ask(getResource, "", { groupKind: "apps.Deployment", namespace: place, name: "app" });
    const inventory = toInventory(OBJECTS, { kubeVersion: "v1.34.0", takenAt: new Date("2026-01-01T00:00:00Z"), settings: DEFAULT_SETTINGS });
    const ofCode = [...judge(inventory, listControls())].filter(
      ({ layer, resource }) => layer === "code" && resource.kind === "Deployment" && resource.namespace === place,
    );
    expect(ofCode).toContainEqual(expect.objectContaining({ control: "exposed-admin-interface", state: ofConsole }));
    expect(rings).toContainEqual(expect.objectContaining({ layer: "code", met: ofCode.filter(({ state }) => state === "pass").length }));
  },
);
