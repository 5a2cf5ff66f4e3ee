import { findGroupEntries } from "../../graph/rbac/judge-group-binding";
import { dropFoundSubjects } from "../../graph/rbac/take-away";
import { subjectsCommand } from "../bindings-command";
import { defineControl } from "../define";

export default defineControl({
  id: "rbac-authenticated-binding",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "Rights are not given to everybody who can sign in",
  failure: "gives rights to every authenticated identity",
  why: "The group system:authenticated holds every person and every pod with a token. On some managed services every account of the provider can authenticate, so that it means the whole world.",
  action: "Bind a group of your own, not everybody who signs in",
  fix: "Bind a group of your own with the people who need the role, or the service accounts by name.",
  verify: subjectsCommand('.name == "system:authenticated"'),
  lookFor: "Each binding listed counts, except those that Kubernetes ships: `system:basic-user`, `system:discovery` and `system:public-info-viewer`.",
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1078.001"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => findGroupEntries(binding, "system:authenticated", "Everybody who can sign in, and every pod with a token,", context),
  remedy: dropFoundSubjects,
});
