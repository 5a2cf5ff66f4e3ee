import { expect, it } from "vitest";
import { GET as getNetworkPolicy } from "@/app/api/v1/clusters/[cluster]/network/policy/route";
import { GET as getNetwork } from "@/app/api/v1/clusters/[cluster]/network/route";
import { configMap, deployment, namespace, service } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

it("lets generated policies through to the ports that ingress controllers pass on, and generates none while these cannot be read", async () => {
  const cluster = await startScanned();
  try {
    const world = [
      namespace(),
      namespace({ name: "edge" }),
      deployment(),
      service(),
      deployment({ name: "ingress", namespace: "edge", container: { args: ["--tcp-services-configmap=$(POD_NAMESPACE)/tcp"] } }),
      configMap({ name: "tcp", namespace: "edge", data: { "6379": "shop/app:80" } }),
    ];
    const ask = async (denied: readonly string[] = []) => {
      const at = await cluster.scan(world, denied);
      const { proposal, notProposed } = await cluster.ask(getNetworkPolicy, `?at=${at}&workload=shop/Deployment/app&callers=named`);
      const because = proposal?.policies.flatMap(({ rules }: { rules: { because: { message: string }[] }[] }) => rules.flatMap((rule) => rule.because));
      return { because: because?.map(({ message }: { message: string }) => message), reason: notProposed?.reason };
    };
    expect((await ask()).because).toContain("An ingress controller passes its port 6379 on to it.");
    expect(await ask(["configmaps"])).toEqual({ because: undefined, reason: expect.stringContaining("configmaps is forbidden") });
    // What guards routes says nothing of policies.
    const guard = { apiVersion: "traefik.io/v1alpha1", kind: "Middleware", metadata: { name: "gate", namespace: "shop" }, spec: { basicAuth: {} } };
    await cluster.scan([...world, guard], ["middlewares.traefik.io"]);
    expect((await cluster.ask(getNetwork)).policies.gaps).toEqual([]);
  } finally {
    await cluster.stop();
  }
});
