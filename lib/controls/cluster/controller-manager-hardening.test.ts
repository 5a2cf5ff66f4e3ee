import { controlPlaneOf, nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./controller-manager-hardening";

const server = controlPlaneOf("kube-controller-manager");
const SOUND = ["--use-service-account-credentials=true", "--service-account-private-key-file=/k", "--root-ca-file=/ca", "--bind-address=127.0.0.1"];

describeComponentControl(control, {
  fails: [
    {
      name: "one credential for all controllers",
      objects: server("--service-account-private-key-file=/k", "--root-ca-file=/ca", "--bind-address=127.0.0.1"),
      severity: "high",
    },
    { name: "no key for tokens, and an open port", objects: server("--use-service-account-credentials=true", "--root-ca-file=/ca"), severity: "medium" },
    {
      name: "an open port by name",
      objects: server("--use-service-account-credentials=true", "--service-account-private-key-file=/k", "--root-ca-file=/ca", "--bind-address=0.0.0.0"),
      evidence: [{ path: "spec.containers[0].command[4]", value: "--bind-address=0.0.0.0" }],
    },
    {
      name: "an open port that a server of K3s was told of, by the older name of the option",
      objects: [nodeStartedWith(["server", "--kube-controller-arg", "bind-address=0.0.0.0"])],
      evidence: [{ path: 'metadata.annotations["k3s.io/node-args"]', value: "--bind-address=0.0.0.0" }],
    },
    {
      name: "rotation switched off",
      objects: server(...SOUND, "--feature-gates=RotateKubeletServerCertificate=false"),
      evidence: [{ path: "spec.containers[0].command[5]" }],
    },
    {
      name: "rotation switched off with all features in beta",
      objects: server(...SOUND, "--feature-gates=AllBeta=false"),
      evidence: [{ path: "spec.containers[0].command[5]", check: "kube-controller-manager feature-gates" }],
    },
    {
      name: "finished pods are kept by default",
      objects: server(...SOUND),
      severity: "info",
    },
    {
      name: "finished pods are kept for ever",
      objects: server(...SOUND, "--terminated-pod-gc-threshold=0"),
      severity: "info",
      evidence: [{ path: "spec.containers[0].command[5]", message: "Finished pods are never cleared away." }],
    },
  ],
  passes: [
    {
      name: "rotation left on where all other features in beta are off",
      objects: server(...SOUND, "--terminated-pod-gc-threshold=1000", "--feature-gates=RotateKubeletServerCertificate=true,AllBeta=false"),
    },
    {
      name: "all of it set",
      objects: server(...SOUND, "--terminated-pod-gc-threshold=1000"),
    },
  ],
});
