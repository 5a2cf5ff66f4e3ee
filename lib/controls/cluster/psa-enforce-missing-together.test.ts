import { engineWebhook } from "../../inventory/testing";
import { nativePolicy, NO_PRIVILEGED } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import { NO_PRIVILEGED as NO_PRIVILEGED_REGO, template } from "../testing-admission-policies";
import { bundle, OF_PODS } from "../testing-kyverno-rules";
import { azure, gatekeeper, gatekeeperRuns, gatekeeperTemplates, kyverno, wholeNamespace } from "../testing-pod-security-guards";
import { askedOfGatekeeper, askedOfKyverno, ENFORCE, needsBaseline, open } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

/** Constraints of which one on the types of volumes keeps out files of the host. */
const byVolumes = (parameters: object) =>
  gatekeeper(wholeNamespace).map((item) =>
    item.kind === "K8sPSPHostFilesystem" ? { ...item, kind: "K8sPSPVolumeTypes", spec: { ...wholeNamespace, parameters } } : item,
  );

/** A policy of Kyverno that holds pods to a level, but for a control. */
const heldTo = (level: string, exclude: object) => kyverno({}, { validate: { podSecurity: { level, exclude: [exclude] } } });

/** One that leaves out a part of each control against what takes over a node. */
const heldToFew = kyverno(
  {},
  {
    validate: {
      podSecurity: {
        level: "baseline",
        exclude: ["Privileged Containers", "Host Namespaces", "HostPath Volumes"].map((controlName) => ({ controlName, images: ["registry.example.com/*"] })),
      },
    },
  },
);

const SPEAKS_OF_ALL = `${NO_PRIVILEGED_REGO}\nviolation[{}] { input.review.object.spec[{"hostNetwork", "hostPID", "hostIPC"}[_]] }\nviolation[{}] { input.review.object.spec.volumes[_].hostPath }`;

const LETS_NETWORK =
  "No level is enforced; the built-in default is privileged. K8sPSPHostFilesystem no-privileged, K8sPSPHostNamespace no-privileged and K8sPSPPrivilegedContainer no-privileged let through pods with the host's namespaces.";

/** Policies of which each keeps one way to take over a node out. */
describeControl(control, {
  fails: [
    {
      name: "a constraint of Gatekeeper against privileged containers, whose template asks for a label",
      objects: [
        ...askedOfGatekeeper.filter((item) => item.kind !== "ConstraintTemplate"),
        ...gatekeeperTemplates.slice(1),
        template("package label\nviolation[{}] { not input.review.object.metadata.labels.owner }"),
        ...gatekeeper(wholeNamespace),
      ],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "No level is enforced; the built-in default is privileged. K8sPSPHostFilesystem no-privileged, K8sPSPHostNamespace no-privileged and K8sPSPHostNetworkingPorts no-privileged let through pods with privileged containers.",
        },
      ],
    },
    {
      name: "a constraint of Gatekeeper by a template of one's own that speaks of privileged containers alone",
      objects: [
        ...askedOfGatekeeper,
        template(NO_PRIVILEGED_REGO, "OursAlone"),
        ...gatekeeper(wholeNamespace)
          .slice(0, 1)
          .map((item) => ({ ...item, kind: "OursAlone" })),
      ],
    },
    {
      name: "a Gatekeeper constraint against privileged containers alone",
      objects: [...askedOfGatekeeper, ...gatekeeper(wholeNamespace).slice(0, 1)],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "No level is enforced; the built-in default is privileged. K8sPSPPrivilegedContainer no-privileged lets through pods with the host's namespaces and files of the host.",
        },
      ],
    },
    ...[
      { hostNetwork: true, min: 80, max: 9_000 },
      { allowHostNetwork: true, minPort: 80 },
    ].map((parameters) => ({
      name: `Gatekeeper constraints that allow the host's network: ${JSON.stringify(parameters)}`,
      objects: [...askedOfGatekeeper, ...gatekeeper({ ...wholeNamespace, parameters })],
      evidence: [{ path: `metadata.labels["${ENFORCE}"]`, message: LETS_NETWORK }],
    })),
    ...[{ volumes: ["configMap", "hostPath"] }, { volumes: ["*"] }].map((parameters) => ({
      name: `a Gatekeeper constraint on the types of volumes: ${JSON.stringify(parameters)}`,
      objects: [...askedOfGatekeeper, ...byVolumes(parameters)],
    })),
    ...gatekeeper(wholeNamespace).map(({ kind }) => ({
      name: `Gatekeeper, without its ${kind}`,
      objects: [...askedOfGatekeeper, ...gatekeeper(wholeNamespace).filter((constraint) => constraint.kind !== kind)],
    })),
    { name: "the policy of Kyverno's bundle against privileged containers alone", objects: [...askedOfKyverno, ...bundle().slice(0, 1)] },
    ...["Privileged Containers", "Host Namespaces", "HostPath Volumes"].map((controlName) => ({
      name: `a Kyverno policy that leaves out ${controlName}`,
      objects: [...askedOfKyverno, kyverno({}, { validate: { podSecurity: { level: "baseline", exclude: [{ controlName }] } } })],
    })),
  ],
  passes: [
    {
      name: "constraints and policies that refuse them, beside some of which nobody can tell",
      objects: [
        ...askedOfGatekeeper,
        engineWebhook(),
        ...gatekeeper(wholeNamespace).slice(0, 3),
        ...bundle().slice(2),
        template(SPEAKS_OF_ALL, "OursAlone"),
        ...gatekeeper(wholeNamespace)
          .slice(0, 1)
          .map((item) => ({ ...item, kind: "OursAlone" })),
        heldToFew,
      ],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "ClusterPolicy hostFiles, K8sPSPHostNamespace no-privileged, K8sPSPHostNetworkingPorts no-privileged and K8sPSPPrivilegedContainer no-privileged refuse pods here that take over a node. Containers that are added to a running pod are not seen.",
        },
      ],
    },
    {
      name: "a policy of the API server beside constraints of Gatekeeper",
      objects: [open, ...gatekeeperRuns, ...gatekeeper(wholeNamespace).slice(1), ...nativePolicy([NO_PRIVILEGED])],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "ValidatingAdmissionPolicy guard, K8sPSPHostFilesystem no-privileged, K8sPSPHostNamespace no-privileged and K8sPSPHostNetworkingPorts no-privileged refuse pods here that take over a node. Containers that are added to a running pod are not seen.",
        },
      ],
    },
    {
      name: "a constraint of Gatekeeper on the types of volumes",
      objects: [open, ...gatekeeperRuns, ...byVolumes({ volumes: ["configMap", "nfs"] })],
    },
    ...[
      { kind: "Group", name: "system:serviceaccounts:argocd" },
      { kind: "ServiceAccount", namespace: "argocd", name: "default" },
      { kind: "ServiceAccount", namespace: "shop", name: "deployer" },
    ].map((subject) => ({
      name: `a policy of Kyverno that leaves out what chosen programs make: ${subject.name}`,
      objects: [open, engineWebhook("kyverno"), kyverno({}, { exclude: { any: [{ subjects: [subject] }] } })],
    })),
    {
      name: "a policy of Kyverno of which one rule holds pods to a level, but for the host's namespaces, and the other refuses these",
      objects: [
        open,
        engineWebhook("kyverno"),
        kyverno({
          rules: [
            ...heldTo("baseline", { controlName: "Host Namespaces" }).spec.rules,
            { name: "namespaces", ...OF_PODS, validate: { pattern: { spec: { "=(hostPID)": "false", "=(hostIPC)": "false", "=(hostNetwork)": "false" } } } },
          ],
        }),
      ],
    },
    {
      name: "a policy of Kyverno that leaves out files of the host, which restricted forbids once more",
      objects: [open, engineWebhook("kyverno"), heldTo("restricted", { controlName: "HostPath Volumes" })],
    },
    ...[
      [
        "what is made",
        "not is_update(input.review); input.review.object.spec.ephemeralContainers[_].securityContext.privileged",
        " Containers that are added to a running pod are not seen.",
      ],
      ["whatever is done", "input.review.object.spec.ephemeralContainers[_].securityContext.privileged", ""],
    ].map(([what, asked, added]) => ({
      name: `constraints of Gatekeeper whose template looks at ${what}`,
      objects: [
        open,
        engineWebhook("gatekeeper"),
        ...gatekeeperTemplates.slice(1),
        template(`package guard\nviolation[{}] { ${asked} }`),
        ...gatekeeper(wholeNamespace),
      ],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message: `K8sPSPHostFilesystem no-privileged, K8sPSPHostNamespace no-privileged, K8sPSPHostNetworkingPorts no-privileged and K8sPSPPrivilegedContainer no-privileged refuse pods here that take over a node.${added}`,
        },
      ],
    })),
    { name: "a constraint of Azure Policy", objects: [open, ...gatekeeperRuns, ...azure(wholeNamespace)] },
  ],
  unknown: [
    ...[
      { kind: "Group", name: "system:serviceaccounts" },
      { kind: "Group", name: "system:serviceaccounts:shop" },
      { kind: "ServiceAccount", namespace: "shop", name: "default" },
    ].map((subject) => ({
      name: `a policy of Kyverno that leaves out what programs of the namespace make: ${subject.name}`,
      objects: [...askedOfKyverno, kyverno({}, { exclude: { any: [{ subjects: [subject] }] } })],
      target: { kind: "Namespace", name: "shop" },
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but conditions, labels, names or people choose what it sees.",
    })),
    {
      name: "constraints of Gatekeeper without their templates",
      objects: [open, needsBaseline, engineWebhook("gatekeeper"), ...gatekeeper(wholeNamespace)],
      reason: "K8sPSPPrivilegedContainer no-privileged may refuse pods here that take over a node, but its template was not read.",
    },
    {
      name: "a constraint of Gatekeeper by a template of one's own that speaks of all of it",
      objects: [
        ...askedOfGatekeeper,
        template(SPEAKS_OF_ALL, "OursAlone"),
        ...gatekeeper(wholeNamespace)
          .slice(0, 1)
          .map((item) => ({ ...item, kind: "OursAlone" })),
      ],
      reason: "OursAlone no-privileged may refuse pods here that take over a node, but what its template refuses is not evaluated here.",
    },
    {
      name: "a policy of Kyverno that leaves a control out for some images",
      objects: [open, needsBaseline, engineWebhook("kyverno"), heldTo("baseline", { controlName: "Privileged Containers", images: ["registry.corp/cni/*"] })],
      reason:
        "ClusterPolicy pod-security may refuse pods here that take over a node, but what it leaves out of Privileged Containers is for whoever writes a pod to name.",
    },
    ...[
      { parameters: { exemptImages: ["a/*"] }, because: "it leaves out images (a/*) that whoever writes a pod can name" },
      { parameters: { excludedContainers: ["debug"] }, because: "it leaves out containers (debug) that whoever writes a pod can name" },
      { parameters: { allowedHostPaths: [{ pathPrefix: "/var/log" }] }, because: "it allows some paths of the host", kind: "K8sPSPHostFilesystem" },
      { parameters: { allowedHostPaths: { paths: [{ pathPrefix: "/var/log" }] } }, because: "it allows some paths of the host", kind: "K8sPSPHostFilesystem" },
    ].map(({ parameters, because, kind = "K8sPSPPrivilegedContainer" }) => ({
      name: `Gatekeeper, with ${JSON.stringify(parameters)}`,
      objects: [open, needsBaseline, ...gatekeeperRuns, ...gatekeeper({ ...wholeNamespace, parameters })],
      reason: `${kind} no-privileged may refuse pods here that take over a node, but ${because}.`,
    })),
    {
      name: "a policy of the API server that looks at more, beside a constraint of Gatekeeper",
      objects: [
        open,
        needsBaseline,
        ...gatekeeperRuns,
        ...gatekeeper(wholeNamespace).slice(1),
        ...nativePolicy([`${NO_PRIVILEGED} || object.metadata.name == 'x'`]),
      ],
      reason: "ValidatingAdmissionPolicy guard may refuse pods here that take over a node, but it also asks what whoever writes a pod can choose.",
    },
  ],
});
