import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-required-admission";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "without NodeRestriction", objects: server(), severity: "high" },
    {
      name: "a default plugin is switched off",
      objects: server("--enable-admission-plugins=NodeRestriction", "--disable-admission-plugins=PodSecurity"),
      evidence: [{ path: "spec.containers[0].command[2]" }],
    },
    ...["ClusterTrustBundleAttest", "MutatingAdmissionPolicy"].map((plugin) => ({
      name: `a newer default plugin is switched off: ${plugin}`,
      objects: server("--enable-admission-plugins=NodeRestriction", `--disable-admission-plugins=${plugin}`),
      evidence: [{ path: "spec.containers[0].command[2]", message: `The plugin ${plugin} is switched off.` }],
    })),
    { name: "AlwaysAdmit", objects: server("--enable-admission-plugins=NodeRestriction,AlwaysAdmit"), severity: "critical" },
  ],
  passes: [
    {
      name: "NodeRestriction and the defaults",
      objects: server("--enable-admission-plugins=NodeRestriction", "--disable-admission-plugins=StorageObjectInUseProtection"),
    },
  ],
});
