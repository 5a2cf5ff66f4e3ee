import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-recommended-admission";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "none of the three", objects: server("--enable-admission-plugins=NodeRestriction") },
    {
      name: "one is missing",
      objects: server("--enable-admission-plugins=AlwaysPullImages,EventRateLimit"),
      evidence: [{ path: "spec.containers[0].command[1]" }],
    },
  ],
  passes: [{ name: "all three", objects: server("--enable-admission-plugins=AlwaysPullImages,EventRateLimit,DenyServiceExternalIPs") }],
});
