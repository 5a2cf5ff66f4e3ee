import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-encryption-at-rest";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "no configuration", objects: server() },
    { name: "an emptied flag", objects: server("--encryption-provider-config=") },
  ],
  passes: [{ name: "a configuration, whose content is not shown", objects: server("--encryption-provider-config=/e.yaml") }],
});
