import { expect, test } from "vitest";
import { createTestContext } from "../../inventory/testing-context";
import { deployment, namespace, networkPolicy, node } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { decideEgressToAddress } from "./egress-to-address";
import { endpointsView } from "./endpoints";
import { findIsolation } from "./isolation";
import { policyIndexView } from "./policy-index";

const PODS = Array.from({ length: 500 }, (_, i) => deployment({ name: `app-${i}` }));
const ranges = (count: number) => Array.from({ length: count }, (_, i) => `34.${i >> 8}.${i & 255}.0/24`);

const cilium = (spec: object): JsonRecord => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "rule", namespace: "shop" },
  spec: { endpointSelector: {}, ...spec },
});
const calico = (egress: readonly object[]): JsonRecord => ({
  apiVersion: "projectcalico.org/v3",
  kind: "GlobalNetworkPolicy",
  metadata: { name: "rule" },
  spec: { types: ["Egress"], egress },
});
const allBut = (except: readonly string[]): JsonRecord => ({
  ...networkPolicy(),
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except } }] }] },
});
const group: JsonRecord = { apiVersion: "cilium.io/v2", kind: "CiliumCIDRGroup", metadata: { name: "feed" }, spec: { externalCIDRs: ranges(20_000) } };

test.each([
  ["listed in a policy of Cilium", [cilium({ egress: [{ toCIDR: ranges(1_900) }] })], true],
  ["listed in entries of a policy of Cilium", [cilium({ egress: [{ toCIDRSet: ranges(1_900).map((cidr) => ({ cidr })) }] })], true],
  ["in a group that a policy of Cilium names", [cilium({ egress: [{ toCIDRSet: [{ cidrGroupRef: "feed" }] }] }), group], true],
  [
    "in a group that a policy of Cilium denies",
    [cilium({ egress: [{ toEntities: ["all"] }], egressDeny: [{ toCIDRSet: [{ cidrGroupRef: "feed" }] }] }), group],
    false,
  ],
  ["cut out of a range of a NetworkPolicy", [allBut(ranges(20_000))], false],
  ["allowed by a policy of Calico", [calico([{ action: "Allow", destination: { nets: ranges(1_900) } }])], true],
  ["denied by a policy of Calico", [calico([{ action: "Deny", destination: { nets: ranges(1_900) } }, { action: "Allow" }])], false],
])("addresses %s are not looked through one by one for each pod", (_, policies, allowsInside) => {
  const context = createTestContext([namespace(), node(), ...PODS, ...policies]);
  const index = context.view(policyIndexView);
  const pods = [...context.view(endpointsView).values()].flat().filter(({ ref }) => ref.kind === "Deployment");
  const cpuMs = countCpuMs();
  for (const pod of pods) {
    expect(findIsolation(index, pod, "egress").state).toBe("isolated");
    const [inside, outside] = ["34.1.2.3", "35.1.2.3"].map((address) => decideEgressToAddress(index, pod, address, { port: 80, protocol: "TCP" }).allowed);
    expect([inside, outside]).toEqual([allowsInside, !allowsInside]);
  }
  // A fifth of a second of the processor, and many seconds one by one; the bound leaves room for a slower one.
  expect(cpuMs()).toBeLessThan(2_000);
});
