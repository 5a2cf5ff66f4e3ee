import { describeControl } from "../testing";
import { constraints } from "../testing-pod-security-guards";
import control from "./scc-lists-users";

const ACCOUNT = "system:serviceaccount:shop:app";
const listing = (allowed: object, more: object = { users: [ACCOUNT] }) => [constraints("mine", { ...allowed, ...more })];
const asAnybody = { runAsUser: { type: "RunAsAny" } };

describeControl(control, {
  fails: [
    {
      name: "an account that may run privileged",
      objects: listing({ allowPrivilegedContainer: true }, { users: ["system:admin", ACCOUNT], groups: [] }),
      severity: "high",
      evidence: [{ path: "users[1]", value: ACCOUNT, message: "It lets pods run privileged, and lists service account shop/app." }],
    },
    { name: "a group that may mount paths of the node", objects: listing({ allowHostDirVolumePlugin: true }, { groups: ["dev"] }), severity: "high" },
    { name: "everybody who may run as root", objects: listing(asAnybody, { groups: ["system:masters", "system:authenticated"] }), severity: "medium" },
    {
      name: "an account whose pods may be root by their range",
      objects: listing({ runAsUser: { type: "MustRunAsRange", uidRangeMin: 0 } }),
      severity: "medium",
    },
    { name: "an account whose pods have to be root", objects: listing({ runAsUser: { type: "MustRunAs", uid: 0 } }), severity: "medium" },
    { name: "every account of a namespace", objects: listing(asAnybody, { groups: ["system:serviceaccounts:shop"] }), severity: "medium" },
    { name: "a user whose pods may be in the network of the node", objects: listing({ allowHostNetwork: true }, { users: ["ada"] }), severity: "medium" },
    { name: "every capability", objects: listing({ allowedCapabilities: ["*"] }), severity: "high" },
    { name: "a capability that each of its containers gets", objects: listing({ defaultAddCapabilities: ["CAP_BPF"] }), severity: "high" },
    { name: "a capability that takes the node", objects: listing({ allowedCapabilities: ["CHOWN", "SYS_ADMIN"] }), severity: "high" },
    { name: "accounts and groups at once", objects: listing(asAnybody, { users: [ACCOUNT, "ada"], groups: ["dev"] }), severity: "medium" },
    {
      name: "a name that only begins like that of an account",
      objects: listing(asAnybody, { users: ["system:serviceaccount:openshift-monitoring"] }),
      severity: "medium",
    },
  ],
  passes: [
    { name: "nobody", objects: listing({ allowPrivilegedContainer: true }, { users: [], groups: null }) },
    {
      name: "those of OpenShift itself",
      objects: listing(
        { allowPrivilegedContainer: true },
        {
          users: ["system:admin", "system:serviceaccount:openshift-infra:build-controller"],
          groups: ["system:cluster-admins", "system:nodes", "system:masters", "system:serviceaccounts:openshift-ingress"],
        },
      ),
    },
  ],
  notApplicable: [
    { name: "a user that is not root", objects: listing({ runAsUser: { type: "MustRunAs", uid: 1000 } }) },
    { name: "a range without root", objects: listing({ runAsUser: { type: "MustRunAsRange", uidRangeMin: 1000, uidRangeMax: 65535 } }) },
    { name: "constraints that hold pods back", objects: listing({ runAsUser: { type: "MustRunAsRange" }, allowedCapabilities: ["NET_BIND_SERVICE"] }) },
    {
      name: "root in a user namespace of its own",
      objects: listing({ ...asAnybody, allowedCapabilities: ["SYS_ADMIN"], userNamespaceLevel: "RequirePodLevel" }),
    },
    { name: "fields of a wrong type", objects: listing({ allowPrivilegedContainer: "true", runAsUser: "RunAsAny" }) },
  ],
});
