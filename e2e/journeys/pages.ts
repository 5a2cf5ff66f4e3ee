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
  { name: "network-choice", path: `${CLUSTER}/network?by=workload` },
  { name: "network-workload", path: `${CLUSTER}/network?by=workload&workload=checkout/Deployment/checkout-gateway` },
  { name: "network-policy", path: `${CLUSTER}/network?by=policy&namespace=loyalty` },
  { name: "compare", path: `${CLUSTER}/compare` },
  { name: "snapshots", path: `${CLUSTER}/snapshots` },
  { name: "sources", path: `${CLUSTER}/sources` },
  { name: "settings", path: `${CLUSTER}/settings` },
  { name: "settings-tune", path: `${CLUSTER}/settings?tune=host-pid` },
  { name: "own-control", path: `${CLUSTER}/settings/own-controls` },
];

/** The first finding of a list of the demo; left out, the worst that is open: a service account bound to cluster-admin. Throws where the list has none. */
export async function findFindingId(base = "", query = "control=rbac-cluster-admin-binding"): Promise<string> {
  const response = await fetch(`${base}${API}/findings?${query}&limit=1`);
  const { rows } = (await response.json()) as { rows: { id: string }[] };
  const id = rows[0]?.id;
  if (!id) throw new Error(`the demo has no finding of ${query}`);
  return id;
}

/** The number of the newest snapshot of a cluster; 0 while it has none, or while nobody answers. */
export async function findNewestSeq(base = "", api = API): Promise<number> {
  const response = await fetch(`${base}${api}/snapshots?limit=1`).catch(() => null);
  const body = response?.ok ? ((await response.json()) as { snapshots: { seq: number }[] }) : null;
  return body?.snapshots[0]?.seq ?? 0;
}
