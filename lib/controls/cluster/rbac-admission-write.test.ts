import { everywhere, inShop, throughBinding } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-admission-write";

const GROUP = "admissionregistration.k8s.io";

describeControl(control, {
  fails: [
    {
      name: "mutating webhooks",
      objects: everywhere(GROUP, ["mutatingwebhookconfigurations"], ["patch"]),
      severity: "critical",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "validating webhooks", objects: everywhere(GROUP, ["validatingwebhookconfigurations"], ["update"]), severity: "high" },
    { name: "taking them away", objects: everywhere(GROUP, ["mutatingwebhookconfigurations"], ["delete"]), severity: "medium" },
    { name: "taking all of them away at once", objects: everywhere(GROUP, ["validatingadmissionpolicybindings"], ["deletecollection"]), severity: "medium" },
    { name: "one of one's own by name", objects: everywhere(GROUP, ["mutatingwebhookconfigurations"], ["update"], ["mine"]), severity: "high" },
    { name: "Kyverno's exceptions in a namespace", objects: inShop("kyverno.io", ["policyexceptions"], ["create"]), severity: "high" },
    { name: "Kyverno's policies of a namespace", objects: inShop("policies.kyverno.io", ["namespacedvalidatingpolicies"], ["update"]), severity: "high" },
    { name: "Kyverno's policies of the cluster, which rewrite pods", objects: everywhere("kyverno.io", ["clusterpolicies"], ["update"]), severity: "critical" },
    { name: "taking Kyverno's policies away", objects: everywhere("kyverno.io", ["clusterpolicies"], ["delete"]), severity: "medium" },
    { name: "Kyverno's policies that only check", objects: everywhere("policies.kyverno.io", ["validatingpolicies"], ["update"]), severity: "high" },
    {
      name: "who may run privileged pods on OpenShift",
      objects: everywhere("security.openshift.io", ["securitycontextconstraints"], ["patch"]),
      severity: "high",
    },
    {
      name: "policies of Kubewarden, which rewrite pods",
      objects: everywhere("policies.kubewarden.io", ["clusteradmissionpolicies"], ["patch"]),
      severity: "critical",
    },
    {
      name: "groups of policies of Kubewarden, which only check",
      objects: everywhere("policies.kubewarden.io", ["clusteradmissionpolicygroups"], ["patch"]),
      severity: "high",
    },
    { name: "policies of Kubewarden for a namespace", objects: inShop("policies.kubewarden.io", ["admissionpolicies"], ["create"]), severity: "high" },
    { name: "images that Gatekeeper puts into pods", objects: everywhere("mutations.gatekeeper.sh", ["assignimage"], ["create"]), severity: "critical" },
    { name: "containers that OpenKruise puts into pods", objects: everywhere("apps.kruise.io", ["sidecarsets"], ["patch"]), severity: "critical" },
    { name: "labels that Gatekeeper puts on objects", objects: everywhere("mutations.gatekeeper.sh", ["assignmetadata"], ["create"]), severity: "high" },
    { name: "a Gatekeeper constraint", objects: everywhere("constraints.gatekeeper.sh", ["k8srequiredlabels"], ["update"]), severity: "high" },
    { name: "the namespaces that Gatekeeper leaves out", objects: everywhere("config.gatekeeper.sh", ["configs"], ["patch"]), severity: "high" },
    { name: "whose signatures policy-controller asks for", objects: everywhere("policy.sigstore.dev", ["clusterimagepolicies"], ["update"]), severity: "high" },
  ],
  passes: [
    {
      name: "running under constraints of OpenShift",
      objects: everywhere("security.openshift.io", ["securitycontextconstraints"], ["use", "get"], ["restricted"]),
    },
    { name: "reading", objects: everywhere(GROUP, ["mutatingwebhookconfigurations"], ["get", "list"]) },
    { name: "through a RoleBinding, where webhooks are not", objects: throughBinding(GROUP, ["mutatingwebhookconfigurations"], ["update"]) },
  ],
});
