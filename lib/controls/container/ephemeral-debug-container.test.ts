import { deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ephemeral-debug-container";

function debugging(more: Record<string, unknown> = {}) {
  return pod({ podSpec: { ephemeralContainers: [{ name: "debug", image: "debug:1", ...more }] } });
}

describeControl(control, {
  fails: [
    {
      name: "a plain one",
      objects: [debugging()],
      evidence: [{ path: "spec.ephemeralContainers[0].name", value: "debug", container: "debug" }],
      severity: "low",
    },
    { name: "with more rights than a plain one", objects: [debugging({ securityContext: { privileged: true } })], severity: "high" },
    { name: "with an added capability", objects: [debugging({ securityContext: { capabilities: { add: ["SYS_PTRACE"] } } })], severity: "high" },
  ],
  passes: [{ name: "none", objects: [deployment()] }],
});
