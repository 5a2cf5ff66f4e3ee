import { controlPlaneOf, nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./scheduler-hardening";

const server = controlPlaneOf("kube-scheduler");

describeComponentControl(control, {
  fails: [
    {
      name: "every address",
      objects: server("--bind-address=0.0.0.0"),
      evidence: [{ path: "spec.containers[0].command[1]", value: "--bind-address=0.0.0.0", message: "Its port is open on every address of the node." }],
    },
    {
      name: "one address of the node",
      objects: server("--bind-address=10.0.0.5"),
      evidence: [{ path: "spec.containers[0].command[1]", message: "Its port is open on 10.0.0.5." }],
    },
    {
      name: "a server of K3s was told to open it",
      objects: [nodeStartedWith(["server", "--kube-scheduler-arg", "bind-address=0.0.0.0"])],
      evidence: [{ path: 'metadata.annotations["k3s.io/node-args"]', value: "--bind-address=0.0.0.0" }],
    },
    { name: "left to its default, which is every address", objects: server() },
  ],
  passes: [
    { name: "no port at all", objects: server("--secure-port=0") },
    { name: "no port at all, in octal digits", objects: server("--secure-port=00") },
    { name: "loopback", objects: server("--bind-address=127.0.0.1") },
    { name: "another address of loopback", objects: server("--bind-address=127.0.0.2") },
    { name: "a server of K3s was told loopback", objects: [nodeStartedWith(["server", "--kube-scheduler-arg", "bind-address=127.0.0.1"])] },
  ],
  unknown: [
    {
      name: "a server of K3s was told so, and runs no scheduler",
      objects: [nodeStartedWith(["server", "--kube-scheduler-arg", "bind-address=0.0.0.0", "--disable-scheduler", "true"])],
    },
  ],
});
