import { givesAsShipped, isPathRead, listBoundRules } from "../../graph/rbac/binding-power";
import type { PolicyRule } from "../../graph/rbac/principal";
import { dropFoundSubjects } from "../../graph/rbac/take-away";
import type { KubeObject } from "../../inventory/kube-object";
import { toPart } from "../../model/clause-part";
import { list, record } from "../../model/json";
import type { Severity } from "../../model/severity";
import { subjectsCommand } from "../bindings-command";
import { defineControl, weakness } from "../define";

function isAnonymous({ kind, name }: { readonly kind?: unknown; readonly name?: unknown }): boolean {
  return (kind === "User" && name === "system:anonymous") || (kind === "Group" && name === "system:unauthenticated");
}

interface Expected {
  /** Null = of the whole cluster. */
  readonly namespace: string | null;
  readonly binding: string;
  readonly role: string;
  readonly isExpected: (rule: PolicyRule) => boolean;
  readonly severity: Severity;
  readonly why: string;
}

const gives =
  (verbs: readonly string[], resources: RegExp) =>
  (rule: PolicyRule): boolean =>
    rule.nonResourceURLs.length === 0 && rule.verbs.every((verb) => verbs.includes(verb)) && rule.resources.every((resource) => resources.test(resource));

const ofOpenShift = (binding: string, role: string, isExpected: Expected["isExpected"], severity: Severity, why: string): Expected => ({
  namespace: null,
  binding,
  role,
  isExpected,
  severity,
  why,
});

/** What platforms give to everybody, as long as the role gives no more than that. */
const EXPECTED: readonly Expected[] = [
  {
    namespace: "kube-public",
    binding: "kubeadm:bootstrap-signer-clusterinfo",
    role: "kubeadm:bootstrap-signer-clusterinfo",
    isExpected: ({ verbs, resourceNames }) => verbs.every((verb) => verb === "get") && resourceNames.length === 1 && resourceNames[0] === "cluster-info",
    severity: "low",
    why: "kubeadm makes this binding, so that nodes can find the cluster.",
  },
  ofOpenShift(
    "system:oauth-token-deleters",
    "system:oauth-token-deleter",
    gives(["delete"], /^oauth(?:access|authorize)tokens$/),
    "low",
    "OpenShift makes this binding, so that whoever has a token can end it.",
  ),
  ofOpenShift(
    "system:scope-impersonation",
    "system:scope-impersonation",
    gives(["impersonate"], /^userextras\/scopes\.authorization\.openshift\.io$/),
    "low",
    "OpenShift makes this binding: scopes take rights from a request, and give none.",
  ),
  ofOpenShift(
    "self-access-reviewers",
    "self-access-reviewer",
    gives(["create"], /^selfsubject(?:access|rules)reviews$/),
    "low",
    "OpenShift makes this binding, so that everybody can ask for their own rights.",
  ),
  ofOpenShift(
    "system:webhooks",
    "system:webhook",
    gives(["get", "create"], /^buildconfigs\/webhooks$/),
    "medium",
    "OpenShift before 4.16 makes this binding: whoever knows the secret in the address of a webhook starts its build.",
  ),
];

function findExpected({ ref, body }: KubeObject, rules: ReturnType<typeof listBoundRules>): Expected | undefined {
  const { kind, name } = record(body.roleRef);
  return EXPECTED.find(
    ({ namespace, binding, role, isExpected }) =>
      ref.namespace === namespace &&
      ref.name === binding &&
      kind === (namespace === null ? "ClusterRole" : "Role") &&
      name === role &&
      rules?.every(isExpected) === true,
  );
}

export default defineControl({
  id: "rbac-anonymous-binding",
  layer: "cluster",
  severity: "critical",
  title: "Requests without credentials have no rights",
  failure: "gives rights to anybody who reaches the API server",
  why: "No credential is needed: anyone who can connect to the API server has these rights, from the internet if the endpoint is public.",
  action: "Take rights from anonymous requests",
  fix: "Remove the subject from the binding, and set `--anonymous-auth=false` or, where probes of the API server send no credentials, let an authentication configuration admit anonymous requests to the health paths only. `kubeadm join` uses the binding `kubeadm:bootstrap-signer-clusterinfo`, which may go once no node joins any more. OpenShift puts its own bindings back, except those whose annotation `rbac.authorization.kubernetes.io/autoupdate` is `false`.",
  verify: subjectsCommand('.name == "system:anonymous" or .name == "system:unauthenticated"'),
  lookFor: "Each binding listed counts, except `system:public-info-viewer`, which Kubernetes ships and which gives health and version only.",
  tips: ["S3", "S1"],
  frameworks: { nsa: ["AU", "RB"], mitre: ["T1078.001", "T1190"], mstm: ["MS-TA9029"], owasp: ["K02", "K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => {
    const subjects = list(binding.body.subjects);
    if (givesAsShipped(binding, context)) {
      const notes = subjects.flatMap((item, index) =>
        isAnonymous(record(item)) ? [weakness(`subjects[${index}]`, item, "Kubernetes ships this binding: it gives health and version only.")] : [],
      );
      return { state: "pass", notes };
    }
    const rules = listBoundRules(binding, context);
    const expected = findExpected(binding, rules);
    const severity = expected ? expected.severity : rules !== null && rules.length > 0 && rules.every(isPathRead) ? "high" : "critical";
    return subjects.flatMap((item, index) => {
      if (!isAnonymous(record(item))) return [];
      const role = record(binding.body.roleRef).name;
      const check = toPart("subject", String(record(item).name));
      const why = expected ? ` ${expected.why}` : "";
      return [weakness(`subjects[${index}]`, item, `Anybody without credentials has the role ${String(role)}.${why}`, { severity, check, hint: index })];
    });
  },
  remedy: (binding, weaknesses, context) => (findExpected(binding, listBoundRules(binding, context)) ? null : dropFoundSubjects(binding, weaknesses, context)),
});
