import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./user-namespace-missing";

const root = { securityContext: { runAsNonRoot: undefined, runAsUser: undefined } };

describeControl(control, {
  fails: [
    {
      name: "a pod that may run as root",
      objects: [deployment({ podSpec: root })],
      evidence: [{ path: "spec.template.spec.hostUsers", value: null }],
      severity: "low",
    },
    { name: "a pod that asks for user 0", objects: [deployment({ podSpec: { hostUsers: true, securityContext: { runAsUser: 0 } } })], kubeVersion: "1.34" },
    {
      name: "a pod that adds a capability",
      objects: [deployment({ container: { securityContext: { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } } })],
    },
    {
      name: "a pod whose second container alone adds a capability",
      objects: [
        deployment({
          podSpec: { initContainers: [{ name: "first", image: "busybox", securityContext: { capabilities: { drop: ["ALL"], add: ["CHOWN"] } } }] },
        }),
      ],
      evidence: [{ path: "spec.template.spec.hostUsers", message: "Its capabilities hold on the node." }],
    },
    {
      name: "a privileged pod, which has every capability",
      objects: [deployment({ container: { securityContext: { privileged: true, allowPrivilegeEscalation: undefined } } })],
      evidence: [{ path: "spec.template.spec.hostUsers", message: "Its capabilities hold on the node." }],
    },
  ],
  passes: [{ name: "it has one", objects: [deployment({ podSpec: { hostUsers: false, ...root } })] }],
  notApplicable: [
    { name: "a pod without root", objects: [deployment()] },
    { name: "an older cluster", objects: [deployment({ podSpec: root })], kubeVersion: "1.32" },
    { name: "a pod on the node's network", objects: [deployment({ podSpec: { hostNetwork: true, ...root } })] },
    { name: "a pod with a raw block device", objects: [deployment({ podSpec: root, container: { volumeDevices: [{ name: "disk", devicePath: "/dev/x" }] } })] },
    { name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" }, ...root } })] },
  ],
  unknown: [{ name: "a text, which the API server refuses", objects: [deployment({ podSpec: { hostUsers: "false" } })] }],
});
