import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./run-as-root-group";

describeControl(control, {
  fails: [
    {
      name: "the pod",
      objects: [deployment({ podSpec: { securityContext: { runAsGroup: 0 } } })],
      evidence: [{ path: "spec.template.spec.securityContext.runAsGroup", value: "0" }],
      severity: "low",
    },
    {
      name: "a container",
      objects: [deployment({ container: { securityContext: { runAsGroup: 0 } } })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.runAsGroup", container: "app" }],
    },
    { name: "its volumes", objects: [deployment({ podSpec: { securityContext: { fsGroup: 0 } } })] },
    {
      name: "one of its further groups",
      objects: [deployment({ podSpec: { securityContext: { supplementalGroups: [5, 0] } } })],
      evidence: [{ path: "spec.template.spec.securityContext.supplementalGroups[1]" }],
    },
  ],
  passes: [
    { name: "another group", objects: [deployment()] },
    { name: "unset, where the image decides", objects: [deployment({ podSpec: { securityContext: { runAsGroup: undefined } } })] },
    {
      name: "the pod's is overridden everywhere",
      objects: [deployment({ podSpec: { securityContext: { runAsGroup: 0 } }, container: { securityContext: { runAsGroup: 5 } } })],
    },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [
    { name: "a text, which the API server refuses", objects: [deployment({ podSpec: { securityContext: { runAsGroup: "0" } } })] },
    { name: "a text among further groups", objects: [deployment({ podSpec: { securityContext: { supplementalGroups: ["0"] } } })] },
    { name: "no list of further groups", objects: [deployment({ podSpec: { securityContext: { supplementalGroups: 0 } } })] },
  ],
});
