import { expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { configMap, deployment, namespace, node, service } from "@/lib/inventory/testing";
import type { CompareResponse, CompareRow } from "@/lib/contracts/snapshots";
import { startScanned } from "./testing-scanned";

const EMPTIED = "netpol-default-deny-ingress";
const TRUSTED = "sandbox-runtime-missing";
const CLOSED = "cloud-lb-unrestricted";
const REMOVED = "eks-aws-auth-in-use";

it("calls fixed what the object itself does no more, and nothing that its control only does not ask any more", async () => {
  const cluster = await startScanned();
  try {
    const open = service({
      spec: { type: "LoadBalancer", ports: [{ port: 5000 }] },
      status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
    });
    const untrusted = deployment({ namespace: "play", labels: { "concentric.dev/trust": "untrusted" } });
    const rest = [node(), namespace(), namespace({ name: "play" })];
    const users = configMap({ name: "aws-auth", namespace: "kube-system", data: { mapRoles: "- rolearn: arn:aws:iam::1:role/a\n  groups: [admins]\n" } });
    const from = await cluster.scan([...rest, deployment(), untrusted, open, users]);
    const idOf = async (control: string, kind: string): Promise<string> =>
      (await cluster.ask(getFindings, `?at=${from}&control=${control}&kind=${kind}`)).rows.find(
        ({ resource }: { resource: { name: string } }) => resource.name !== "play",
      ).id;
    const ids = [await idOf(EMPTIED, "Namespace"), await idOf(TRUSTED, "Deployment"), await idOf(CLOSED, "Service")];
    // The last workload of the one namespace is gone, in the other somebody takes the label off, the Service is no load balancer any more,
    // and nobody signs in by the ConfigMap.
    const at = await cluster.scan([...rest, deployment({ namespace: "play" }), service()]);
    const { ledger, closed, waterfalls }: CompareResponse = await cluster.ask(getCompare, `?since=${from}&at=${at}`);
    const of = (control: string): readonly string[] => closed.flatMap((row: CompareRow) => (row.control === control ? row.change : []));
    expect([EMPTIED, TRUSTED, CLOSED, REMOVED].map(of)).toEqual([["not-applicable"], ["not-applicable"], ["fixed"], ["fixed"]]);
    expect(ledger.notApplicable).toBe(closed.filter(({ change }) => change === "not-applicable").length);
    const moves = waterfalls.find(({ layer }) => layer === "cluster");
    expect(moves?.rows.find(({ cause }) => cause === "fixed")?.points).toBe(0);
    const told = await Promise.all(ids.map((id) => cluster.ask(getFinding, "", { id })));
    expect(told.map(({ state, story }) => [state, story.at(-1)])).toEqual([
      ["not-failing", expect.stringMatching(/^From .* on its control did not apply there any more; nothing shows that it was fixed\.$/)],
      ["not-failing", expect.stringMatching(/^From .* on its control did not apply there any more; nothing shows that it was fixed\.$/)],
      ["fixed", expect.stringMatching(/^It was fixed by /)],
    ]);
    const { timeToFix } = await cluster.ask(getOverview);
    const fixed = timeToFix.reduce((sum: number, row: { fixed: number }) => sum + row.fixed, 0);
    expect(fixed).toBe(ledger.fixed);
  } finally {
    await cluster.stop();
  }
});
