import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./capabilities-beyond-baseline";

function adding(...add: unknown[]) {
  return { securityContext: { capabilities: { drop: ["ALL"], add } } };
}

describeControl(control, {
  fails: [
    {
      name: "one outside the set",
      objects: [deployment({ container: adding("NET_BIND_SERVICE", "IPC_LOCK") })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.add[1]", value: "IPC_LOCK", container: "app" }],
      severity: "medium",
    },
    { name: "NET_RAW, which runtimes grant and the set leaves out", objects: [deployment({ container: adding("NET_RAW") })] },
    { name: "names are compared to the letter", objects: [deployment({ container: adding("CAP_CHOWN") })] },
    {
      name: "a dangerous one beside another: the other remains",
      objects: [deployment({ container: adding("SYS_ADMIN", "IPC_LOCK") })],
      evidence: [{ value: "IPC_LOCK", path: "spec.template.spec.containers[0].securityContext.capabilities.add[1]" }],
    },
  ],
  passes: [
    { name: "nothing added", objects: [deployment()] },
    { name: "inside the set", objects: [deployment({ container: adding("CHOWN", "SETUID") })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [{ name: "only a dangerous one", objects: [deployment({ container: adding("SYS_ADMIN") })] }],
  unknown: [{ name: "add is a text", objects: [deployment({ container: { securityContext: { capabilities: { add: "CHOWN" } } } })] }],
});
