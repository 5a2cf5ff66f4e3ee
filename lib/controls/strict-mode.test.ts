import { expect, test } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { deployment, namespace, networkPolicy, node } from "../inventory/testing";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import control from "./cloud/cloud-imds-egress-blocked";
import { strictVpcCni } from "./testing-open-pods";

test("whoever is selected for incoming traffic alone is not taken for one that nothing selects, though outgoing traffic is alike", () => {
  const objects = [
    node({ spec: { providerID: "aws:///eu-west-1a/i-1" } }),
    namespace(),
    ...strictVpcCni,
    ...["a", "b", "c"].map((name) => deployment({ name, podLabels: { app: name } })),
    networkPolicy({ spec: { podSelector: { matchLabels: { app: "b" } }, policyTypes: ["Ingress"] } }),
  ];
  const verdicts = [...judge(buildInventory(objects, WHOLE_CLUSTER), [control])];
  const stateOf = (name: string) => verdicts.find(({ resource }) => resource.kind === "Deployment" && resource.name === name)?.state;
  expect(["a", "b", "c"].map(stateOf)).toEqual(["unknown", "fail", "unknown"]);
});
