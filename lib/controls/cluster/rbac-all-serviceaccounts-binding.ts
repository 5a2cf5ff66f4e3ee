import { findGroupEntries } from "../../graph/rbac/judge-group-binding";
import { dropFoundSubjects } from "../../graph/rbac/take-away";
import { subjectsCommand } from "../bindings-command";
import { defineControl } from "../define";

export default defineControl({
  id: "rbac-all-serviceaccounts-binding",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "Rights are not given to all service accounts at once",
  failure: "gives rights to every service account of the cluster",
  why: "Every pod with a token holds these rights, in every namespace, now and in future. The weakest pod decides who can use them.",
  action: "Bind service accounts by name, not all at once",
  fix: "Bind the service accounts that need the role, by name.",
  verify: subjectsCommand('.name == "system:serviceaccounts"'),
  lookFor:
    "Each binding listed counts, except those that Kubernetes ships: `system:service-account-issuer-discovery` and, in newer versions, `system:cluster-trust-bundle-discovery`.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.5"], nsa: ["RB", "SA"], mitre: ["T1078.001"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => findGroupEntries(binding, "system:serviceaccounts", "Every pod with a token", context),
  remedy: dropFoundSubjects,
});
