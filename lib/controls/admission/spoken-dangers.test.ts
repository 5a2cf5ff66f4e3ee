import { expect, test } from "vitest";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { UNTOLD_TEMPLATE } from "../../inventory/admission/gatekeeper-templates";
import { createTestContext } from "../../inventory/testing-context";
import { engineWebhook } from "../../inventory/testing";
import { template } from "../testing-admission-policies";
import { spokenDangersView } from "./spoken-dangers";

test.each([
  ["K8sPSPVolumeTypes", "volumes", "refuses"],
  ["K8sPSPFlexVolumes", "volumes", UNTOLD_TEMPLATE],
  ["K8sPSPPrivilegedContainer", "privileged", "refuses"],
  ["OwnGuard", "privileged", UNTOLD_TEMPLATE],
  ["K8sPSPPrivilegedContainer", "labels", "it asks for nothing that makes a pod dangerous"],
])("says of a constraint of kind %s whose template speaks of %s: %s", (kind, word, says) => {
  const constraint = { apiVersion: "constraints.gatekeeper.sh/v1beta1", kind, metadata: { name: "guard" }, spec: {} };
  const asks = template(`package guard\nviolation[{}] { input.review.object.spec.${word} }`, kind);
  const context = createTestContext([engineWebhook("gatekeeper"), asks, constraint]);
  const [policy] = context.view(admissionPoliciesView).map(context.view(spokenDangersView));
  expect(policy?.laxBecause ?? policy?.unsureBecause ?? "refuses").toBe(says);
});
