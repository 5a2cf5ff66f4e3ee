import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./seccomp-not-set";

describeControl(control, {
  fails: [
    {
      name: "unset everywhere",
      objects: [deployment({ podSpec: { securityContext: { seccompProfile: undefined } } })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.seccompProfile", value: null, container: "app" }],
      severity: "medium",
    },
    {
      name: "one of two containers",
      objects: [
        deployment({
          podSpec: {
            securityContext: { seccompProfile: undefined },
            initContainers: [{ name: "init", image: "i:1", securityContext: { seccompProfile: { type: "Localhost" } } }],
          },
        }),
      ],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.seccompProfile" }],
    },
  ],
  passes: [
    { name: "set for the pod", objects: [deployment()] },
    {
      name: "set for each container",
      objects: [
        deployment({ podSpec: { securityContext: { seccompProfile: undefined } }, container: { securityContext: { seccompProfile: { type: "Localhost" } } } }),
      ],
    },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" }, securityContext: { seccompProfile: undefined } } })] }],
  subsumed: [
    { name: "the pod says Unconfined", objects: [deployment({ podSpec: { securityContext: { seccompProfile: { type: "Unconfined" } } } })] },
    {
      name: "the container is privileged",
      objects: [deployment({ podSpec: { securityContext: { seccompProfile: undefined } }, container: { securityContext: { privileged: true } } })],
    },
  ],
});
