import { controlPlaneOf, nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-encryption-at-rest";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "no configuration", objects: server() },
    { name: "an emptied flag", objects: server("--encryption-provider-config=") },
  ],
  passes: [
    { name: "a configuration, whose content is not shown", objects: server("--encryption-provider-config=/e.yaml") },
    {
      name: "a configuration that a server of K3s was given",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "encryption-provider-config=/e.yaml"])],
      evidence: [{ path: 'metadata.annotations["k3s.io/node-args"]', value: "--encryption-provider-config=/e.yaml" }],
    },
  ],
});
