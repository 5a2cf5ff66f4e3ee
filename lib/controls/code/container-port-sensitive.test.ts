import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./container-port-sensitive";

describeControl(control, {
  fails: [
    {
      name: "SSH",
      objects: [deployment({ container: { ports: [{ containerPort: 8080 }, { containerPort: 22 }] } })],
      evidence: [{ path: "spec.template.spec.containers[0].ports[1].containerPort", value: "22", container: "app" }],
    },
  ],
  passes: [{ name: "ordinary ports", objects: [deployment()] }],
});
