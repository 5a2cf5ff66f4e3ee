import { findConstraintDanger } from "../../graph/rbac/constraint-danger";
import { parseAccountUser } from "../../graph/rbac/identity";
import type { Settings } from "../../inventory/inventory";
import { isPlatformNamespace } from "../../inventory/platform-scope";
import { list, texts } from "../../model/json";
import { defineControl, safe, weakness } from "../define";
import { set } from "../remedies/ops";

/** Those of OpenShift itself, which may do as much without. */
const OWN = new Set(["system:admin", "system:cluster-admins", "system:masters", "system:nodes"]);

const FIELDS = ["users", "groups"] as const;

/** An account of a namespace of the platform, or all of its accounts. */
function isOfPlatform(field: (typeof FIELDS)[number], name: string, settings: Settings): boolean {
  const namespace = field === "users" ? parseAccountUser(name)?.namespace : name.match(/^system:serviceaccounts:([^:]+)$/)?.[1];
  return namespace === undefined ? OWN.has(name) : isPlatformNamespace(namespace, settings);
}

export default defineControl({
  id: "scc-lists-users",
  layer: "cluster",
  severity: "high",
  title: "Privileged constraints of OpenShift list nobody themselves",
  failure: "lets accounts that it lists run pods as root or with parts of their node",
  why: "Whoever is in the users or groups of security context constraints may use them, and no role or binding shows it. With `privileged`, or others that allow paths of the node, whoever makes pods for a listed account has the node.",
  action: "Take users and groups out of privileged constraints",
  fix: "Remove the users and groups. Who still needs the constraints gets them by `oc adm policy add-scc-to-user NAME -z ACCOUNT -n NAMESPACE`, which makes a RoleBinding. Constraints that come with an operator are written anew by it: there, ask for a narrower account or give its namespace to nobody else.",
  verify:
    "kubectl get securitycontextconstraints -o custom-columns='NAME:.metadata.name,PRIVILEGED:.allowPrivilegedContainer,PATHS:.allowHostDirVolumePlugin,CAPS:.allowedCapabilities,ADDED:.defaultAddCapabilities,NETWORK:.allowHostNetwork,PORTS:.allowHostPorts,PID:.allowHostPID,IPC:.allowHostIPC,RUNAS:.runAsUser,USERS:.users,GROUPS:.groups'",
  lookFor:
    "Somebody under USERS or GROUPS where PRIVILEGED or PATHS is `true`, or CAPS or ADDED has one such as `SYS_ADMIN`, and less severely where NETWORK, PORTS, PID or IPC is `true`, or RUNAS has `RunAsAny` or begins at 0. Where the user namespace level is `RequirePodLevel`, capabilities and root are no finding. Accounts of namespaces of the platform, `system:admin`, `system:cluster-admins`, `system:masters` and `system:nodes` are no finding.",
  tips: ["S3", "S4"],
  frameworks: { nsa: ["RB"], mitre: ["T1610", "T1611"], owasp: ["K02", "K04"] },
  references: [
    "https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/authentication_and_authorization/managing-pod-security-policies",
  ],
  subject: "security-context-constraints",
  reads: [],
  check: ({ body }, { settings }) => {
    const danger = findConstraintDanger(body);
    if (!danger) return safe("It lets no pod take over its node or run as root there.");
    return FIELDS.flatMap((field) =>
      list(body[field]).flatMap((name, index) => {
        if (typeof name !== "string") return [];
        const account = field === "users" ? parseAccountUser(name) : null;
        const who = account ? `service account ${account.namespace}/${account.name}` : `${field === "users" ? "user" : "group"} ${name}`;
        return isOfPlatform(field, name, settings)
          ? []
          : [weakness(`${field}[${index}]`, name, `It lets pods ${danger.lets}, and lists ${who}.`, { severity: danger.severity, on: `${field} ${name}` })];
      }),
    );
  },
  remedy: ({ body }, weaknesses) => {
    const listed = new Set(weaknesses.map(({ on }) => on));
    const changed = FIELDS.filter((field) => texts(body[field]).some((name) => listed.has(`${field} ${name}`)));
    return {
      ops: changed.map((field) =>
        set(
          field,
          texts(body[field]).filter((name) => !listed.has(`${field} ${name}`)),
        ),
      ),
      risk: "may-break",
      note: "Pods that need what it allows start no more: give their account the constraints by a RoleBinding first.",
    };
  },
});
