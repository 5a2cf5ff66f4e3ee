/** The demo cluster, and what answers about it. */
export const CLUSTER = "/c/harbour-demo";
export const API = "/api/v1/clusters/harbour-demo";

/** Every page of the product on the demo cluster, for checks that hold everywhere. `{finding}` is filled with a real id. */
export const PAGES: readonly { readonly name: string; readonly path: string }[] = [
  { name: "overview", path: CLUSTER },
  { name: "layers", path: `${CLUSTER}/layers` },
  { name: "layer", path: `${CLUSTER}/layers/container` },
  { name: "findings", path: `${CLUSTER}/findings` },
  { name: "finding", path: `${CLUSTER}/findings/{finding}` },
  { name: "resources", path: `${CLUSTER}/resources` },
  { name: "resource", path: `${CLUSTER}/resources/apps.Deployment/checkout/checkout-gateway` },
  { name: "controls", path: `${CLUSTER}/controls` },
  { name: "control", path: `${CLUSTER}/controls/rbac-cluster-admin-binding` },
  { name: "frameworks", path: `${CLUSTER}/frameworks` },
  { name: "framework", path: `${CLUSTER}/frameworks/cis` },
  { name: "who-can", path: `${CLUSTER}/who-can` },
  { name: "who-can-subject", path: `${CLUSTER}/who-can?by=subject&subject=Group/system:authenticated` },
  { name: "admission", path: `${CLUSTER}/admission` },
  { name: "pod-security", path: `${CLUSTER}/pod-security` },
  { name: "pod-security-namespace", path: `${CLUSTER}/pod-security/observability` },
  { name: "network", path: `${CLUSTER}/network` },
  { name: "network-pair", path: `${CLUSTER}/network?from=data-platform&to=observability` },
  { name: "network-workload", path: `${CLUSTER}/network?by=workload&workload=checkout/Deployment/checkout-gateway` },
  { name: "network-policy", path: `${CLUSTER}/network?by=policy&namespace=loyalty` },
  { name: "compare", path: `${CLUSTER}/compare` },
  { name: "snapshots", path: `${CLUSTER}/snapshots` },
  { name: "sources", path: `${CLUSTER}/sources` },
  { name: "settings", path: `${CLUSTER}/settings` },
  { name: "settings-tune", path: `${CLUSTER}/settings?tune=host-pid` },
  { name: "own-control", path: `${CLUSTER}/settings/own-controls` },
];

/** The worst open finding of the demo: a service account bound to cluster-admin. */
export async function findFindingId(base: string): Promise<string> {
  const response = await fetch(`${base}/api/v1${CLUSTER.replace("/c/", "/clusters/")}/findings?control=rbac-cluster-admin-binding&limit=1`);
  const { rows } = (await response.json()) as { rows: { id: string }[] };
  const id = rows[0]?.id;
  if (!id) throw new Error("the demo has no finding of rbac-cluster-admin-binding");
  return id;
}
