import { expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getNetwork } from "@/app/api/v1/clusters/[cluster]/network/route";
import { daemonSet, namespace, node } from "@/lib/inventory/testing";
import { podOf } from "@/lib/inventory/workloads/testing-live-pod";
import { startScanned } from "./testing-scanned";

it("says of the network plugin what the scan saw: pods that are not ready are not remembered", { timeout: 60_000 }, async () => {
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
