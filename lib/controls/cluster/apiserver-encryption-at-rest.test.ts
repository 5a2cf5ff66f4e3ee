import { controlPlaneOf, nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-encryption-at-rest";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "no configuration", objects: server() },
    { name: "an emptied flag", objects: server("--encryption-provider-config=") },
    {
      name: "K3s without its encryption, and with it on one server of two",
      objects: [nodeStartedWith(["server", "--secrets-encryption"]), nodeStartedWith(["server", "--secrets-encryption=false"], { name: "s2" })],
      evidence: [{ path: 'metadata.annotations["k3s.io/node-args"]', message: "No encryption configuration is set. (on s2)" }],
    },
    {
      name: "K3s with its encryption by its file, and without by its command line, which comes later",
      objects: [nodeStartedWith(["server", "--secrets-encryption", "true", "--secrets-encryption", "false"])],
    },
    { name: "K3s as it is made", objects: [nodeStartedWith(["server", "--disable", "traefik"])] },
  ],
  passes: [
    { name: "a configuration, whose content is not shown", objects: server("--encryption-provider-config=/e.yaml") },
    {
      name: "K3s with its encryption",
      objects: [nodeStartedWith(["server", "--secrets-encryption", "true", "--data-dir", "/data"])],
      evidence: [{ path: 'metadata.annotations["k3s.io/node-args"]', value: "--encryption-provider-config=/data/server/cred/encryption-config.json" }],
    },
    { name: "K3s with its encryption, by one dash", objects: [nodeStartedWith(["server", "-secrets-encryption=true"])] },
    {
      name: "a configuration that a server of K3s was given",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "encryption-provider-config=/e.yaml"])],
      evidence: [{ path: 'metadata.annotations["k3s.io/node-args"]', value: "--encryption-provider-config=/e.yaml" }],
    },
  ],
});
