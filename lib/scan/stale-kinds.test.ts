import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { createInventorySink } from "./inventory-sink";
import { listStaleKinds } from "./stale-kinds";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import type { KindCoverage } from "@/lib/model/coverage";

function inventoryWithout(...missing: string[]) {
  const sink = createInventorySink({ kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS });
  for (const kind of [...Object.values(SLICE_KINDS).flat(), ...WORKLOAD_KINDS]) sink.markRead(kind);
  for (const kind of missing) sink.markMissing(kind, "It is forbidden.");
  return sink.finish();
}

const entry = (group: string, kind: string, status: KindCoverage["status"]): KindCoverage => ({
  group,
  version: "v1",
  resource: kind.toLowerCase(),
  kind,
  status,
  objects: 0,
});
const keysOf = (...args: Parameters<typeof listStaleKinds>) => listStaleKinds(...args).keys();
const known = ["apps/Deployment", "argoproj.io/Rollout", "/Service", "rbac.authorization.k8s.io/User", "concentric.dev/Cluster"];

describe("listStaleKinds", () => {
  it("names what could not be read, not what is absent or was not asked", () => {
    const coverage = [
      entry("", "Node", "forbidden"),
      entry("", "ConfigMap", "timeout"),
      entry("cilium.io", "CiliumNetworkPolicy", "absent"),
      entry("", "Secret", "not-requested"),
      entry("", "Pod", "read"),
    ];
    expect([...keysOf(inventoryWithout(), coverage, known)]).toEqual(["/Node", "/ConfigMap"]);
    // What was answered of the kind itself goes before what its slice says.
    expect(listStaleKinds(inventoryWithout("Node"), coverage, ["/Node"]).get("/Node")).toBe("It could not be read.");
  });

  it("does not name a source of which some answered: each of its objects says of itself whether it was read", () => {
    const kubelets = { ...entry("kubelet.config.k8s.io", "KubeletConfiguration", "forbidden"), objects: 2 };
    const keys = ["kubelet.config.k8s.io/KubeletConfiguration"];
    expect([...keysOf(inventoryWithout(), [kubelets], keys)]).toEqual([]);
    expect([...keysOf(inventoryWithout("KubeletConfiguration"), [{ ...kubelets, objects: 0 }], keys)]).toEqual(keys);
  });

  it("names people, and accounts by the controls that judge what they may do, when roles or bindings are missing", () => {
    const keys = [...keysOf(inventoryWithout("RoleBinding"), [], known)];
    expect(keys).toEqual(expect.arrayContaining(["rbac.authorization.k8s.io/Group", "rbac.authorization.k8s.io/User", "/ServiceAccount rbac-secrets-read"]));
    expect(keys).not.toContain("/ServiceAccount");
    expect(keys).not.toContain("/ServiceAccount default-sa-automount");
  });

  it("names every kind of workload, custom ones too, when one is missing that stands between pods and their owners", () => {
    expect([...keysOf(inventoryWithout("Job"), [entry("batch", "Job", "forbidden")], known)]).toEqual(["batch/Job", "apps/Deployment", "argoproj.io/Rollout"]);
  });

  it("names a missing kind of workload alone when every other is told without it", () => {
    expect([...keysOf(inventoryWithout("CronJob"), [entry("batch", "CronJob", "forbidden")], known)]).toEqual(["batch/CronJob"]);
    expect([...keysOf(inventoryWithout("CronJob", "Pod"), [entry("batch", "CronJob", "forbidden")], known)]).toEqual([
      "batch/CronJob",
      "apps/Deployment",
      "argoproj.io/Rollout",
    ]);
  });

  it("names a kind of policies that was refused, in every group that serves it, and none of those that are judged without it", () => {
    const policies = ["projectcalico.org/NetworkSet", "projectcalico.org/Tier", "networking.k8s.io/NetworkPolicy", "cilium.io/CiliumNetworkPolicy"];
    const coverage = [entry("crd.projectcalico.org", "NetworkSet", "forbidden"), entry("projectcalico.org", "NetworkSet", "read")];
    expect([...keysOf(inventoryWithout("NetworkSet"), coverage, policies)]).toEqual(["crd.projectcalico.org/NetworkSet", "projectcalico.org/NetworkSet"]);
    const calico = ["projectcalico.org/NetworkPolicy", "networking.k8s.io/NetworkPolicy", "crd.antrea.io/NetworkPolicy"];
    expect([...keysOf(inventoryWithout("CalicoNetworkPolicy"), [], calico)]).toEqual(["projectcalico.org/NetworkPolicy"]);
  });

  it("names an account that was refused for its own settings alone, not for what rights say of it", () => {
    const stale = listStaleKinds(inventoryWithout("ServiceAccount"), [entry("", "ServiceAccount", "forbidden")], known);
    expect([stale.get("/ServiceAccount"), stale.get("/ServiceAccount rbac-secrets-read")]).toEqual(["It could not be read.", null]);
    expect(stale.has("/ServiceAccount default-sa-automount")).toBe(false);
    const both = listStaleKinds(inventoryWithout("ServiceAccount", "Role"), [entry("", "ServiceAccount", "forbidden")], known);
    expect(both.get("/ServiceAccount rbac-secrets-read")).toBe("It is forbidden.");
  });

  it("tells roots of custom kinds from pods, also where another kind of their name is read, or is looked at among manifests alone", () => {
    const roots = ["kubevirt.io/VirtualMachineInstance", "acme.io/Policy"];
    expect([...keysOf(inventoryWithout(...SLICE_KINDS.companions, ...SLICE_KINDS.runs), [], roots)]).toEqual([]);
    expect([...keysOf(inventoryWithout("Policy"), [], [...roots, "kyverno.io/Policy"])]).toEqual(["kyverno.io/Policy"]);
    expect([...keysOf(inventoryWithout("Pod"), [], roots)]).toEqual(roots);
  });
});
