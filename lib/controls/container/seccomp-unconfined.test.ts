import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./seccomp-unconfined";

const SECCOMP = "container.seccomp.security.alpha.kubernetes.io/app";

describeControl(control, {
  fails: [
    {
      name: "a container",
      objects: [deployment({ container: { securityContext: { seccompProfile: { type: "Unconfined" } } } })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.seccompProfile.type", value: "Unconfined", container: "app" }],
      severity: "high",
    },
    {
      name: "the pod, although the container overrides it",
      objects: [
        deployment({
          podSpec: { securityContext: { seccompProfile: { type: "Unconfined" } } },
          container: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
        }),
      ],
      evidence: [{ path: "spec.template.spec.securityContext.seccompProfile.type" }],
    },
    { name: "a type that does not exist", objects: [deployment({ container: { securityContext: { seccompProfile: { type: "Default" } } } })] },
    { name: "a profile without a type", objects: [deployment({ container: { securityContext: { seccompProfile: {} } } })] },
    {
      name: "the annotation, on a cluster older than 1.19",
      objects: [deployment({ podAnnotations: { [SECCOMP]: "unconfined" } })],
      kubeVersion: "1.18",
      evidence: [{ path: `spec.template.metadata.annotations["${SECCOMP}"]`, value: "unconfined" }],
    },
  ],
  passes: [
    { name: "the runtime's default", objects: [deployment()] },
    { name: "unset", objects: [deployment({ podSpec: { securityContext: { seccompProfile: undefined } } })] },
    { name: "the annotation, which newer clusters do not read", objects: [deployment({ podAnnotations: { [SECCOMP]: "unconfined" } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [
    {
      name: "the container is privileged",
      objects: [deployment({ container: { securityContext: { privileged: true, seccompProfile: { type: "Unconfined" } } } })],
    },
  ],
  unknown: [{ name: "a profile that is a text", objects: [deployment({ container: { securityContext: { seccompProfile: "Unconfined" } } })] }],
});
