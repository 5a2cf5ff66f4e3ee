import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-csr-approve";

const GROUP = "certificates.k8s.io";
const approve = { apiGroups: [GROUP], resources: ["certificatesigningrequests/approval"], verbs: ["update"] };
const signers = (verbs: string[], resourceNames?: string[]) => ({ apiGroups: [GROUP], resources: ["signers"], verbs, ...(resourceNames && { resourceNames }) });
const request = { apiGroups: [GROUP], resources: ["certificatesigningrequests"], verbs: ["create"] };
const status = { apiGroups: [GROUP], resources: ["certificatesigningrequests/status"], verbs: ["patch"] };
const everywhere = (...rules: object[]) => [clusterRole({ rules }), clusterRoleBinding()];

describeControl(control, {
  fails: [
    { name: "any signer", objects: everywhere(approve, signers(["approve"])), severity: "high", evidence: [{ path: "rules[1]" }] },
    { name: "any signer, with requests of one's own", objects: everywhere(approve, signers(["approve"]), request), severity: "critical" },
    { name: "the signer of clients by name", objects: everywhere(approve, signers(["approve"], ["kubernetes.io/kube-apiserver-client"])), severity: "high" },
    {
      name: "the signer of kubelets by name, with requests of one's own",
      objects: everywhere(approve, signers(["approve"], ["kubernetes.io/kube-apiserver-client-kubelet"]), request),
      severity: "high",
    },
    {
      name: "the signer of kubelets by name",
      objects: everywhere(approve, signers(["approve"], ["kubernetes.io/kube-apiserver-client-kubelet"])),
      severity: "medium",
    },
    {
      name: "the signer of the servers of kubelets only",
      objects: everywhere(approve, signers(["approve"], ["kubernetes.io/kubelet-serving"])),
      severity: "low",
    },
    {
      name: "signing, for which it has no key",
      objects: everywhere(signers(["sign"]), status, request),
      severity: "low",
    },
    { name: "signing for clients by name", objects: everywhere(signers(["sign"], ["kubernetes.io/kube-apiserver-client"]), status), severity: "low" },
    { name: "approval and signing in one rule", objects: everywhere(approve, status, signers(["approve", "sign"])), severity: "high" },
  ],
  passes: [
    { name: "approval without a signer", objects: everywhere(approve) },
    { name: "signers that are not of Kubernetes", objects: everywhere(approve, signers(["approve", "sign"], ["issuers.example.com/*", "*"]), request) },
    { name: "signing for a signer that is not of Kubernetes", objects: everywhere(status, signers(["sign"], ["issuers.example.com/*"])) },
    { name: "a signer without approval", objects: everywhere(signers(["approve", "sign"])) },
  ],
});
