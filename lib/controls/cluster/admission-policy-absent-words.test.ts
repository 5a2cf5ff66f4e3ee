import { engineWebhook } from "../../inventory/testing";
import { scoped } from "../testing-pod-security-guards";
import { describeControl } from "../testing";
import { binding, gatekeeper, NO_PRIVILEGED, shop, template, within } from "../testing-admission-policies";
import control from "./admission-policy-absent";

/** Constraints of Gatekeeper cannot be tried: they are told by what their templates ask. */
const guarded = [...shop, engineWebhook("gatekeeper")];
const ASKS_FOR_LABEL = "package label\nviolation[{}] { not input.review.object.metadata.labels.owner }";
const TOLERANT = "keeps no danger out: it asks for nothing that makes a pod dangerous.";
const owned = { kind: "K8sRequiredLabels", metadata: { name: "owner" } };
const ALLOWING_ALL: readonly (readonly [kind: string, parameters: object])[] = [
  ["K8sPSPVolumeTypes", { volumes: ["configMap", "*"] }],
  ["K8sPSPCapabilities", { allowedCapabilities: ["*"], requiredDropCapabilities: [] }],
  ["K8sPSPSeccomp", { allowedProfiles: ["*"] }],
  ["K8sPSPAllowedUsers", { runAsUser: { rule: "RunAsAny" } }],
  ["K8sPSPHostNetworkingPorts", { hostNetwork: true, min: 0, max: 65_535 }],
  ["K8sAzureV3HostNetworkingPorts", { allowHostNetwork: true, minPort: 0, maxPort: 65_535 }],
  ["K8sPSPHostFilesystem", { allowedHostPaths: [{ pathPrefix: "/" }] }],
  ["K8sAzureV3HostFilesystem", { allowedHostPaths: { paths: [{ pathPrefix: "/", readOnly: false }] } }],
  ["K8sPSPForbiddenSysctls", { forbiddenSysctls: [] }],
];
/** As near to them as parameters that refuse something are. */
const ALLOWING_LESS: readonly (readonly [kind: string, parameters: object])[] = [
  ["K8sPSPVolumeTypes", { volumes: ["configMap"] }],
  ["K8sPSPCapabilities", { allowedCapabilities: ["*"], requiredDropCapabilities: ["ALL"] }],
  ["K8sPSPCapabilities", {}],
  ["K8sPSPSeccomp", { allowedProfiles: ["RuntimeDefault"] }],
  ["K8sPSPAllowedUsers", { runAsUser: { rule: "MustRunAsNonRoot" } }],
  ["K8sPSPHostNetworkingPorts", { hostNetwork: true, min: 80, max: 65_535 }],
  ["K8sPSPHostNetworkingPorts", {}],
  ["K8sPSPHostFilesystem", { allowedHostPaths: [{ pathPrefix: "/", readOnly: true }] }],
  ["K8sPSPHostFilesystem", {}],
  ["K8sPSPForbiddenSysctls", { forbiddenSysctls: ["kernel.*"] }],
  ["K8sPSPForbiddenSysctls", { forbiddenSysctls: [], allowedSysctls: ["kernel.shm_rmid_forced"] }],
];
const constraint = ([kind, parameters]: readonly [string, object]) => [...guarded, template(NO_PRIVILEGED, kind), { ...gatekeeper({ parameters }), kind }];

describeControl(control, {
  fails: [
    ...ALLOWING_ALL.map((item) => ({
      name: `Gatekeeper allows everything: ${JSON.stringify(item)}`,
      objects: constraint(item),
      evidence: [{ path: "" }, { path: "spec.enforcementAction", message: "Gatekeeper policy no-root keeps no danger out: its parameters allow everything." }],
    })),
    {
      name: "Gatekeeper that only reports, and names actions that it does not look at",
      objects: [
        ...guarded,
        template(NO_PRIVILEGED),
        gatekeeper({ enforcementAction: "dryrun", scopedEnforcementActions: [{ action: "deny", enforcementPoints: [{ name: "*" }] }] }),
      ],
    },
    { name: "Gatekeeper that denies in audits only", objects: [...guarded, template(NO_PRIVILEGED), gatekeeper(scoped("deny", "audit.gatekeeper.sh"))] },
    {
      name: "Gatekeeper asks pods for a label",
      objects: [...guarded, template(ASKS_FOR_LABEL, owned.kind), { ...gatekeeper({ parameters: { labels: [{ key: "privileged" }] } }), ...owned }],
      evidence: [{ path: "" }, { path: "spec.enforcementAction", message: `Gatekeeper policy owner ${TOLERANT}` }],
    },
    {
      name: "Gatekeeper asks pods for a label, and speaks of dangers in a comment",
      objects: [
        ...guarded,
        template(`${ASKS_FOR_LABEL}\n  # a privileged pod, or one with a hostPath, needs an owner`, owned.kind),
        { ...gatekeeper(), ...owned },
      ],
    },
    {
      name: "Gatekeeper asks every kind for a label",
      objects: [...guarded, template(ASKS_FOR_LABEL, owned.kind), { ...gatekeeper({ match: {} }), ...owned }],
    },
    {
      name: "Gatekeeper leaves out all images",
      objects: [...guarded, template(NO_PRIVILEGED), gatekeeper({ parameters: { exemptImages: ["*"] } })],
      evidence: [{ path: "" }, { path: "spec.enforcementAction", message: "Gatekeeper policy no-root keeps no danger out: it leaves out all images." }],
    },
  ],
  passes: [
    ...ALLOWING_LESS.map((item) => ({ name: `Gatekeeper refuses something: ${JSON.stringify(item)}`, objects: constraint(item) })),
    {
      name: "a policy of the API server refuses one of the host's namespaces alone",
      objects: [...shop, within({ validations: [{ expression: "!object.spec.?hostPID.orValue(false)" }] }), binding("Deny")],
      evidence: [{ path: "spec.failurePolicy", message: "ValidatingAdmissionPolicy no-root refuses pods with the host's namespaces." }],
    },
    { name: "Gatekeeper denies at admission", objects: [...guarded, template(NO_PRIVILEGED), gatekeeper(scoped("deny", "validation.gatekeeper.sh"))] },
    {
      name: "Gatekeeper denies types of volumes",
      objects: [
        ...guarded,
        template("package types\nviolation[{}] { not allowed(input.review.object.spec.volumes[_]) }", "K8sPSPVolumeTypes"),
        { ...gatekeeper({ parameters: { volumes: ["secret"] } }), kind: "K8sPSPVolumeTypes" },
      ],
    },
    { name: "Gatekeeper denies by default", objects: [...guarded, template(NO_PRIVILEGED), gatekeeper()] },
    {
      name: "Gatekeeper denies by a template in CEL",
      objects: [
        ...guarded,
        {
          ...template(""),
          spec: {
            crd: { spec: { names: { kind: "K8sPSPPrivilegedContainer" } } },
            targets: [
              { code: [{ engine: "K8sNativeValidation", source: { validations: [{ expression: "!variables.anyObject.spec.?hostPID.orValue(false)" }] } }] },
            ],
          },
        },
        gatekeeper(),
      ],
    },
  ],
  unknown: [
    ...[
      ["OursVolumeTypes", { volumes: ["*"] }, NO_PRIVILEGED],
      ["K8sPrivilegedContainer", {}, NO_PRIVILEGED],
      [
        "NeedsLimits",
        {},
        "package limits\nviolation[{}] { not input.review.object.spec.hostNetwork; not input.review.object.spec.containers[_].resources.limits }",
      ],
    ].map(([kind, parameters, rego]) => ({
      name: `Gatekeeper, by a template of one's own that speaks of dangers: ${kind}`,
      objects: [...guarded, template(String(rego), String(kind)), { ...gatekeeper({ parameters }), kind }],
      reason: "Gatekeeper policy no-root would refuse what violates it, but what its template refuses is not evaluated here.",
    })),
    {
      name: "Gatekeeper limits the size of volumes",
      objects: [
        ...guarded,
        template("package size\nviolation[{}] { not input.review.object.spec.volumes[_].emptyDir.sizeLimit }", "K8sEmptyDirHasSizeLimit"),
        { ...gatekeeper(), kind: "K8sEmptyDirHasSizeLimit" },
      ],
      reason: "Gatekeeper policy no-root would refuse what violates it, but what its template refuses is not evaluated here.",
    },
    {
      name: "the template of a constraint is not among the objects",
      objects: [...guarded, gatekeeper()],
      reason: "Gatekeeper policy no-root would refuse what violates it, but its template was not read.",
    },
  ],
});
