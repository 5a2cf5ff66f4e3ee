import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";

export default defineControl({
  id: "apiserver-kubelet-tls",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "The API server and kubelets prove who they are to each other",
  failure: "does not verify kubelets, or is not verified by them",
  why: "Exec sessions, logs and port forwards run over this connection. Whoever can stand in for a kubelet reads and changes them.",
  action: "Let the API server verify kubelets",
  fix: flagsFix(
    "Turn on serverTLSBootstrap in the kubelets and approve their certificate requests, then set --kubelet-certificate-authority, and keep --kubelet-client-certificate and --kubelet-client-key. In the other order logs and exec fail.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--kubelet-"),
  lookFor: flagsLookFor("One of `--kubelet-certificate-authority`, `--kubelet-client-certificate` and `--kubelet-client-key` missing."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.4", "1.2.5"], nsa: ["EN", "CP"], mitre: ["T1557"], owasp: ["K07"] },
  references: [
    "https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/",
    "https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs",
  ],
  aliases: ["apiserver-kubelet-client-cert", "apiserver-kubelet-ca"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) => {
      const client = ["kubelet-client-certificate", "kubelet-client-key"].filter((flag) => !instance.flags.get(flag));
      const found = client.map((flag) => flagWeakness(instance, flag, `--${flag} is not set: kubelets cannot tell who connects.`, { severity: "high" }));
      if (!instance.flags.get("kubelet-certificate-authority"))
        found.push(flagWeakness(instance, "kubelet-certificate-authority", "The certificates of kubelets are not verified."));
      return found;
    }),
  remedy: null,
});
