import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { cloudNode, digest } from "@/lib/controls/testing-consoles";
import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
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

/** The same behind the Traefik of another namespace, which has no Service but for the cluster. */
const BEHIND_TRAEFIK = [
  namespace({ name: "routed" }),
  deployment({ namespace: "routed", container: { image: `docker.io/grafana/grafana:11.2.0@${digest}` } }),
  service({ namespace: "routed" }),
  {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: "app", namespace: "routed" },
    spec: { routes: [{ match: "Host(`app.example.com`)", services: [{ name: "app", port: 80 }] }] },
  },
  deployment({ name: "traefik", namespace: "edge", container: { image: `docker.io/library/traefik:v3.6@${digest}` } }),
  service({ name: "traefik", namespace: "edge", spec: { selector: { app: "traefik" } } }),
];

const OBJECTS = [cloudNode, namespace({ name: "edge" }), ...behind("open", "internet-facing"), ...behind("closed", "internal"), ...BEHIND_TRAEFIK];

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan(OBJECTS);
}, 120_000);
afterAll(() => cluster.stop());

test("offers to close what is reached through a load balancer of another namespace", async () => {
  const { rows } = await cluster.ask(getFindings, "?control=exposed-admin-interface");
  expect(rows).toMatchObject([{ state: "open", severity: "critical", resource: { namespace: "open" } }]);
  const { patch } = await cluster.ask(getFinding, "", { id: rows[0].id });
  expect(patch).toMatchObject({ kubectl: "kubectl delete ingress.networking.k8s.io/app -n open", proof: { turnsGreen: true, breaks: [] } });
});

test.each(["closed", "routed"])("counts as met what a load balancer or a router of another namespace shows to be internal: %s", async (place) => {
  const { rings } = await cluster.ask(getResource, "", { groupKind: "apps.Deployment", namespace: place, name: "app" });
  const inventory = toInventory(OBJECTS, { kubeVersion: "v1.34.0", takenAt: new Date("2026-01-01T00:00:00Z"), settings: DEFAULT_SETTINGS });
  const ofCode = [...judge(inventory, listControls())].filter(
    ({ layer, resource, state }) => layer === "code" && resource.kind === "Deployment" && resource.namespace === place && state === "pass",
  );
  expect(ofCode.map(({ control }) => control)).toContain("exposed-admin-interface");
  expect(rings).toContainEqual(expect.objectContaining({ layer: "code", met: ofCode.length }));
});
