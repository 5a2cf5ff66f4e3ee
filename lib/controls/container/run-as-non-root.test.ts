import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./run-as-non-root";

const unset = { runAsNonRoot: undefined, runAsUser: undefined };
const at = "spec.template.spec.containers[0].securityContext.runAsNonRoot";

describeControl(control, {
  fails: [
    {
      name: "unset everywhere",
      objects: [deployment({ podSpec: { securityContext: unset } })],
      evidence: [{ path: at, value: null, container: "app" }],
      severity: "high",
    },
    { name: "only a user number is set", objects: [deployment({ podSpec: { securityContext: { runAsNonRoot: undefined } } })], severity: "medium" },
    {
      name: "a container says false",
      objects: [deployment({ container: { securityContext: { runAsNonRoot: false } }, podSpec: { securityContext: { runAsUser: undefined } } })],
      evidence: [{ path: at, value: "false" }],
    },
    {
      name: "the pod says false although the container overrides it",
      objects: [deployment({ podSpec: { securityContext: { ...unset, runAsNonRoot: false } }, container: { securityContext: { runAsNonRoot: true } } })],
      evidence: [{ path: "spec.template.spec.securityContext.runAsNonRoot", value: "false" }],
    },
    {
      name: "a Windows pod needs it too",
      objects: [deployment({ podSpec: { os: { name: "windows" }, securityContext: { ...unset, seccompProfile: undefined } } })],
    },
    { name: "in a user namespace before 1.35", objects: [deployment({ podSpec: { hostUsers: false, securityContext: unset } })], kubeVersion: "1.34" },
  ],
  passes: [
    { name: "set for the pod", objects: [deployment()] },
    { name: "set for each container", objects: [deployment({ podSpec: { securityContext: unset }, container: { securityContext: { runAsNonRoot: true } } })] },
    { name: "in a user namespace from 1.35", objects: [deployment({ podSpec: { hostUsers: false, securityContext: unset } })], kubeVersion: "1.35" },
  ],
  subsumed: [{ name: "the pod asks for user 0", objects: [deployment({ podSpec: { securityContext: { runAsNonRoot: undefined, runAsUser: 0 } } })] }],
  unknown: [{ name: "a text, which the API server refuses", objects: [deployment({ container: { securityContext: { runAsNonRoot: "false" } } })] }],
});
