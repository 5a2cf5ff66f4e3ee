import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-static-credentials";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "a token file", objects: server("--token-auth-file=/etc/tokens.csv"), evidence: [{ path: "spec.containers[0].command[1]" }] },
    { name: "a password file of old", objects: server("--basic-auth-file", "/etc/users.csv") },
  ],
  passes: [{ name: "neither", objects: server("--v=2") }],
});
