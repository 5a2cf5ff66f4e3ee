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
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "false", objects: [deployment({ podSpec: { hostNetwork: false } })] },
  ],
  subsumed: [
    {
      name: "a HostProcess pod, which cannot do without",
      objects: [pod({ podSpec: { hostNetwork: true, os: { name: "windows" }, securityContext: { windowsOptions: { hostProcess: true } } } })],
    },
    {
      name: "a pod whose container is a HostProcess",
      objects: [pod({ podSpec: { hostNetwork: true, os: { name: "windows" } }, container: { securityContext: { windowsOptions: { hostProcess: true } } } })],
    },
  ],
  unknown: [{ name: "a number, which the API server refuses", objects: [deployment({ podSpec: { hostNetwork: 1 } })] }],
});
