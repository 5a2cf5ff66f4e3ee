import { deployment, engineWebhook, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-registry-policy-enforced";

const repos = (spec: object = {}) => ({ apiVersion: "constraints.gatekeeper.sh/v1beta1", kind: "K8sAllowedRepos", metadata: { name: "ours" }, spec });
const kyverno = (name: string, validate: object) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name },
  spec: { validationFailureAction: "Enforce", rules: [{ match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate }] },
});

const exception = (resources: object = {}) => ({
  apiVersion: "kyverno.io/v2",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop" },
  spec: { exceptions: [{ policyName: "restrict-*", ruleNames: ["*"] }], match: { all: [{ resources: { kinds: ["Pod"], ...resources } }] } },
});
const running = deployment({
  name: "policy",
  namespace: "guard",
  container: { image: "ghcr.io/kyverno/kyverno:v1.17.1", args: ["--enablePolicyException=true"] },
});
const strict = kyverno("restrict-image-registries", { pattern: {} });

describeControl(control, {
  fails: [
    { name: "Kyverno, with an exception for every pod", objects: [running, strict, exception()] },
    {
      name: "a policy for a namespace in which nothing runs",
      objects: [namespace(), deployment(), repos({ match: { namespaces: ["prod-*"] } }), engineWebhook("gatekeeper")],
    },
    { name: "no policy", objects: [deployment()] },
    { name: "a policy that is left of Gatekeeper", objects: [deployment(), repos(), engineWebhook()] },
    { name: "a policy that is left of Kyverno", objects: [deployment(), strict, engineWebhook("gatekeeper")] },
    { name: "a policy that only reports", objects: [deployment(), repos({ enforcementAction: "dryrun" })] },
    {
      name: "a policy about something else",
      objects: [deployment(), kyverno("no-privileged", { pattern: { spec: { containers: [{ securityContext: {} }] } } })],
    },
  ],
  passes: [
    {
      name: "Kyverno, with an exception for some pods",
      objects: [running, strict, exception({ names: ["legacy-*"] })],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy restrict-image-registries limits registries, but PolicyException shop/legacy takes some of them out of it.",
        },
      ],
    },
    { name: "Gatekeeper", objects: [deployment(), repos(), engineWebhook("gatekeeper")] },
    { name: "Kyverno", objects: [deployment(), engineWebhook(), kyverno("restrict-image-registries", { pattern: {} })] },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [
    { name: "Kyverno, with an exception that it may heed", objects: [deployment(), engineWebhook(), strict, exception()] },
    {
      name: "a policy that looks at images",
      objects: [deployment(), engineWebhook(), kyverno("images", { pattern: { spec: { containers: [{ image: "registry.example.com/*" }] } } })],
    },
    {
      name: "a policy of an engine of which nobody can tell whether it is asked",
      objects: [deployment(), strict],
      missing: ["webhooks"],
      reason: "Kyverno policy restrict-image-registries would limit registries, but whether a webhook of Kyverno asks it was not read.",
    },
    { name: "a set of manifests", objects: [deployment()], complete: false },
  ],
});
