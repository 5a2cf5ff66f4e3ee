import { expect, test, vi } from "vitest";
import { RangeSet } from "../../model/ip-address";
import { createTestContext } from "../../inventory/testing-context";
import { deployment, namespace } from "../../inventory/testing";
import { endpointsView } from "./endpoints";
import { findIsolation } from "./isolation";
import { policyIndexView } from "./policy-index";

const cilium = (spec: object) => ({ apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy", metadata: { name: "long", namespace: "shop" }, spec });
const calico = (spec: object) => ({ apiVersion: "projectcalico.org/v3", kind: "GlobalNetworkPolicy", metadata: { name: "long" }, spec });
const ranges = (count: number) => Array.from({ length: count }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);

function isolationBy(...policies: object[]) {
  const context = createTestContext([namespace(), deployment(), ...(policies as Parameters<typeof createTestContext>[0])]);
  const pod = [...context.view(endpointsView).values()].flat().find(({ ref }) => ref.kind === "Deployment");
  if (!pod) throw new Error("The Deployment is no end of a connection.");
  const { state, reason } = findIsolation(context.view(policyIndexView), pod, "ingress");
  return { state, reason };
}

test("a policy that is too long to be weighed is not counted as one that closes anything, and says why", () => {
  expect(isolationBy(cilium({ endpointSelector: {}, ingress: [{ fromCIDR: ranges(2_000) }] })).state).toBe("isolated");
  expect(isolationBy(cilium({ endpointSelector: {}, ingress: [{ fromCIDR: ranges(2_001) }] }))).toEqual({
    state: "unknown",
    reason: "CiliumNetworkPolicy shop/long has more than 2,000 values, or too many of them beside too many ports, and is not weighed.",
  });
  const rules = (count: number) => Array.from({ length: count }, (_, i) => ({ action: "Deny", protocol: "TCP", destination: { ports: [i + 1] } }));
  expect(isolationBy(calico({ types: ["Ingress"], ingress: rules(250) })).state).toBe("isolated");
  expect(isolationBy(calico({ types: ["Ingress"], ingress: rules(300) })).state).toBe("unknown");
});

test("a list of addresses may be as long as it is: a policy that refuses them is weighed, and asks once whether the other end is in one", () => {
  const feed = (nets: readonly string[]) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkSet",
    metadata: { name: "feed", labels: { feed: "bad" } },
    spec: { nets },
  });
  const from = (action: string, selector: string) => calico({ types: ["Ingress"], ingress: [{ action, source: { selector } }, { action: "Allow" }] });
  const lookUps = vi.spyOn(RangeSet.prototype, "holds");
  for (const action of ["Deny", "Allow"]) {
    const [short, long] = [10, 3_000].map((count) => isolationBy(feed(ranges(count)), from(action, "feed == 'bad'")));
    expect(short?.state).not.toBe("unknown");
    expect(long).toEqual(short);
  }
  expect(lookUps.mock.calls.length).toBeLessThan(500);
  lookUps.mockRestore();
  expect(isolationBy(feed([...ranges(3_000), "0.0.0.0/0"]), from("Deny", "feed == 'bad'"))).toEqual(
    isolationBy(feed(["0.0.0.0/0"]), from("Deny", "feed == 'bad'")),
  );
});
