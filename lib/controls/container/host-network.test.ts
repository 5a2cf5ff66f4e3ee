import { deployment, networkPolicy, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./host-network";

const hostPort = [{ name: "http", containerPort: 8080, hostPort: 8080 }];

describeControl(control, {
  fails: [
    {
      name: "a template uses it, with ports on the node",
      objects: [networkPolicy(), deployment({ podSpec: { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }, container: { ports: hostPort } })],
      evidence: [{ path: "spec.template.spec.hostNetwork", value: "true" }],
      severity: "high",
    },
    {
      name: "a HostProcess pod needs it, so its own control has the patch",
      objects: [pod({ podSpec: { hostNetwork: true, os: { name: "windows" }, securityContext: { windowsOptions: { hostProcess: true } } } })],
      remedy: false,
    },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "false", objects: [deployment({ podSpec: { hostNetwork: false } })] },
  ],
  unknown: [{ name: "a number, which the API server refuses", objects: [deployment({ podSpec: { hostNetwork: 1 } })] }],
});
