import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./container-port-sensitive";

describeControl(control, {
  fails: [
    { name: "an empty protocol, which is TCP", objects: [deployment({ container: { ports: [{ containerPort: 22, protocol: "" }] } })] },
    {
      name: "SSH",
      objects: [deployment({ container: { ports: [{ containerPort: 8080 }, { containerPort: 22 }] } })],
      evidence: [{ path: "spec.template.spec.containers[0].ports[1].containerPort", value: "22", container: "app" }],
    },
    {
      name: "Remote Desktop, which speaks UDP too",
      objects: [deployment({ container: { ports: [{ containerPort: 3389, protocol: "UDP" }] } })],
      evidence: [{ path: "spec.template.spec.containers[0].ports[0].containerPort", value: "3389" }],
    },
  ],
  passes: [
    { name: "ordinary ports", objects: [deployment()] },
    { name: "another protocol than that of the shell", objects: [deployment({ container: { ports: [{ containerPort: 22, protocol: "UDP" }] } })] },
  ],
  unknown: [{ name: "a text, which the API server refuses", objects: [deployment({ container: { ports: [{ containerPort: "22" }] } })] }],
});
