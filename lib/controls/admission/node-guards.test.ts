import { expect, test } from "vitest";
import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { createTestContext } from "../../inventory/testing-context";
import { engineWebhook } from "../../inventory/testing";
import { template } from "../testing-admission-policies";
import { gatekeeper } from "../testing-pod-security-guards";
import { open } from "../testing-tried-guards";
import { nodeGuardsView } from "./node-guards";
import { nativePolicy, TAKES_OVER_NOTHING } from "./testing-native-policies";

/** A constraint of Gatekeeper's library whose template asks for a field of the containers that are added, too. */
const alsoAdded = (kind: string, field: string, parameters: object = {}) => [
  engineWebhook("gatekeeper"),
  template(`package guard\nviolation[{}] { input.review.object.spec.ephemeralContainers[_]; input.review.object.spec.${field} }`, kind),
  ...gatekeeper({ parameters }).filter((item) => item.kind === kind),
];

test.each([
  ["a constraint on privileged containers", alsoAdded("K8sPSPPrivilegedContainer", "privileged"), true],
  ["one that may leave some out", alsoAdded("K8sPSPPrivilegedContainer", "privileged", { exemptImages: ["any/*"] }), false],
  ["one on files of the host, which says nothing of privileged ones", alsoAdded("K8sPSPHostFilesystem", "hostPath"), false],
  ["none", [], false],
])("containers that are added may be seen beside a policy that does not look at them: by %s", (_, constraint, seesAdded) => {
  const context = createTestContext([open, ...nativePolicy(TAKES_OVER_NOTHING), ...constraint]);
  const guard = context.view(nodeGuardsView)(toPolicyNamespace("shop"));
  expect([guard.refuses, guard.seesAdded]).toEqual([true, seesAdded]);
});
