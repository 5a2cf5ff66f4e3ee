import { expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getNetwork } from "@/app/api/v1/clusters/[cluster]/network/route";
import { eksAuto, strictVpcCni } from "@/lib/controls/testing-open-pods";
import { configMap, daemonSet, namespace, node } from "@/lib/inventory/testing";
import { podOf } from "@/lib/inventory/workloads/testing-live-pod";
import { startScanned } from "./testing-scanned";

it("says of the network plugin what the scan saw: pods that are not ready are not remembered", async () => {
  const cluster = await startScanned();
  try {
    const cilium = daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.18.1" } });
    const told = async (ready: "True" | "False", denied: readonly string[] = []) => {
      const at = await cluster.scan([node({ name: "a" }), namespace({ name: "kube-system" }), cilium, podOf(cilium, "a", ready)], denied);
      const { rows } = await cluster.ask(getFindings, `?at=${at}&state=unknown&control=cni-no-enforcement`);
      const { enforcement } = await cluster.ask(getNetwork, `?at=${at}`);
      return [rows.length, enforcement.enforces, enforcement.because];
    };
    expect([await told("True"), await told("False"), await told("True", ["pods"])]).toEqual([
      [0, true, "Cilium enforces NetworkPolicy."],
      [1, null, "Cilium is here, but none of its pods is ready."],
      [1, null, expect.stringContaining("pods is forbidden")],
    ]);
  } finally {
    await cluster.stop();
  }
});

it("says of EKS Auto Mode, of Amazon VPC CNI, and of a Cilium that ignores NetworkPolicies, what their ConfigMaps say", async () => {
  const cluster = await startScanned();
  try {
    const inSystem = (name: string, data: object) => [namespace({ name: "kube-system" }), configMap({ name, namespace: "kube-system", data })];
    const told = async (...objects: readonly object[]) => {
      const at = await cluster.scan(objects);
      const { enforcement } = await cluster.ask(getNetwork, `?at=${at}`);
      return [enforcement.enforces, enforcement.because];
    };
    const auto = node({ name: "a", labels: { "eks.amazonaws.com/compute-type": "auto" } });
    const cilium = daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.18.1" } });
    const machine = node({ name: "a" });
    const [plugin, isOn] = strictVpcCni;
    expect([
      await told(auto, ...inSystem("amazon-vpc-cni", { "enable-network-policy-controller": "true" })),
      await told(auto),
      await told(machine, namespace({ name: "kube-system" }), plugin, isOn, podOf(plugin, "a", "True")),
      await told(machine, namespace({ name: "kube-system" }), plugin, podOf(plugin, "a", "True")),
      await told(node({ name: "a" }), cilium, podOf(cilium, "a", "True"), ...inSystem("cilium-config", { "enable-k8s-networkpolicy": "false" })),
    ]).toEqual([
      [true, "The network policy controller of EKS Auto Mode is on."],
      [false, "The network policy controller of EKS Auto Mode is not switched on."],
      [true, "The network policy agent of Amazon VPC CNI is on, in strict mode."],
      [false, "The network policy controller of EKS is off: there is no ConfigMap amazon-vpc-cni, which would switch it on."],
      [null, "Cilium is told to ignore NetworkPolicies: only policies of its own kinds act."],
    ]);
  } finally {
    await cluster.stop();
  }
});

it("says of EKS Auto Mode whether its nodes close what no policy selects, and that NodeClasses could not be read", async () => {
  const cluster = await startScanned();
  try {
    const told = async (classes: Parameters<typeof eksAuto>[0], denied: readonly string[] = []) => {
      const at = await cluster.scan([namespace({ name: "kube-system" }), ...eksAuto(classes)], denied);
      const { enforcement, policies } = await cluster.ask(getNetwork, `?at=${at}`);
      return [enforcement.because, policies.gaps.map(({ kind }: { kind: string }) => kind)];
    };
    const isOn = "The network policy controller of EKS Auto Mode is on.";
    const strict = "EKS Auto Mode is told to close pods that no policy selects, from when they are made (strict mode)";
    const unseen = "NodeClass web, which tells EKS Auto Mode whether to close pods that no policy selects (strict mode), is not seen.";
    expect([
      await told({ web: "DefaultAllow" }),
      await told({ web: "DefaultDeny" }),
      await told({ web: "DefaultDeny", db: "DefaultAllow" }),
      await told({ web: "DefaultDeny" }, ["nodeclasses.eks.amazonaws.com"]),
    ]).toEqual([
      [isOn, []],
      [`${isOn} ${strict}.`, []],
      [`${isOn} ${strict}, but not on nodes of pool db-pool.`, []],
      [`${isOn} ${unseen}`, ["NodeClass"]],
    ]);
  } finally {
    await cluster.stop();
  }
});
