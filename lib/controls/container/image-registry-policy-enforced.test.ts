import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-registry-policy-enforced";

const repos = (spec: object = {}) => ({ apiVersion: "constraints.gatekeeper.sh/v1beta1", kind: "K8sAllowedRepos", metadata: { name: "ours" }, spec });
const kyverno = (name: string, validate: object) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name },
  spec: { validationFailureAction: "Enforce", rules: [{ match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate }] },
});

describeControl(control, {
  fails: [
    { name: "no policy", objects: [deployment()] },
    { name: "a policy that only reports", objects: [deployment(), repos({ enforcementAction: "dryrun" })] },
    {
      name: "a policy about something else",
      objects: [deployment(), kyverno("no-privileged", { pattern: { spec: { containers: [{ securityContext: {} }] } } })],
    },
  ],
  passes: [
    { name: "Gatekeeper", objects: [deployment(), repos()] },
    { name: "Kyverno", objects: [deployment(), kyverno("restrict-image-registries", { pattern: {} })] },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [
    {
      name: "a policy that looks at images",
      objects: [deployment(), kyverno("images", { pattern: { spec: { containers: [{ image: "registry.example.com/*" }] } } })],
    },
    { name: "a set of manifests", objects: [deployment()], complete: false },
  ],
});
