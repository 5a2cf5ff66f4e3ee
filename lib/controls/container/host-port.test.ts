import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./host-port";

describeControl(control, {
  fails: [
    {
      name: "an app container binds one of two ports",
      objects: [deployment({ container: { ports: [{ containerPort: 80 }, { containerPort: 8080, hostPort: 8080 }] } })],
      evidence: [{ path: "spec.template.spec.containers[0].ports[1].hostPort", value: "8080", container: "app" }],
      severity: "medium",
    },
    {
      name: "a sidecar binds one",
      objects: [
        deployment({ podSpec: { initContainers: [{ name: "proxy", image: "proxy:1", restartPolicy: "Always", ports: [{ containerPort: 1, hostPort: 1 }] }] } }),
      ],
      evidence: [{ path: "spec.template.spec.initContainers[0].ports[0].hostPort", container: "proxy" }],
    },
  ],
  passes: [
    { name: "no host port", objects: [deployment()] },
    { name: "0 is not set", objects: [deployment({ container: { ports: [{ containerPort: 80, hostPort: 0 }] } })] },
    { name: "no ports", objects: [deployment({ container: { ports: undefined } })] },
  ],
  subsumed: [{ name: "the pod uses the node's network, which binds every port", objects: [deployment({ podSpec: { hostNetwork: true } })] }],
  unknown: [{ name: "ports are a map", objects: [deployment({ container: { ports: { http: 80 } } })] }],
});
