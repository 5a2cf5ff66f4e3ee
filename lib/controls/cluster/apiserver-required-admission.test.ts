import { controlPlaneOf, nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
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
    {
      name: "the old list of all that runs, without most of it",
      objects: server("--admission-control=NodeRestriction,AlwaysAdmit"),
      severity: "critical",
      evidence: ["AlwaysAdmit admits every object.", "The plugin ServiceAccount is switched off."].map((message) => ({
        path: "spec.containers[0].command[1]",
        value: "--admission-control=NodeRestriction,AlwaysAdmit",
        message,
      })),
    },
    {
      name: "plugins that a server of K3s was given in place of NodeRestriction",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "enable-admission-plugins=AlwaysPullImages"])],
      severity: "high",
    },
  ],
  passes: [
    {
      name: "NodeRestriction and the defaults",
      objects: server("--enable-admission-plugins=NodeRestriction", "--disable-admission-plugins=StorageObjectInUseProtection"),
    },
  ],
  unknown: [
    {
      name: "plugins that a server of K3s was given beside its own",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "enable-admission-plugins+=AlwaysPullImages"])],
    },
    {
      name: "a plugin that a server of K3s was told to leave, and none that it is to run",
      objects: [nodeStartedWith(["server", "--kube-apiserver-arg", "disable-admission-plugins=NodeRestriction"])],
    },
  ],
});
