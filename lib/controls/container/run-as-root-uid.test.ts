import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./run-as-root-uid";

describeControl(control, {
  fails: [
    {
      name: "the pod, although the container overrides it",
      objects: [deployment({ podSpec: { securityContext: { runAsUser: 0 } }, container: { securityContext: { runAsUser: 1000 } } })],
      evidence: [{ path: "spec.template.spec.securityContext.runAsUser", value: "0" }],
      severity: "high",
    },
    {
      name: "a container",
      objects: [deployment({ container: { securityContext: { runAsUser: 0 } } })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.runAsUser", value: "0", container: "app" }],
    },
    {
      name: "a container, where the pod names no user",
      objects: [deployment({ podSpec: { securityContext: { runAsUser: undefined } }, container: { securityContext: { runAsUser: 0 } } })],
    },
    {
      name: "in a user namespace before 1.35",
      objects: [deployment({ podSpec: { hostUsers: false, securityContext: { runAsUser: 0 } } })],
      kubeVersion: "1.34",
    },
    {
      name: "the administrator of a Windows container",
      objects: [
        deployment({
          podSpec: { os: { name: "windows" }, securityContext: { runAsUser: undefined, windowsOptions: { runAsUserName: "ContainerAdministrator" } } },
        }),
      ],
      evidence: [{ path: "spec.template.spec.securityContext.windowsOptions.runAsUserName", check: "restricted runAsUserName" }],
      severity: "medium",
    },
  ],
  passes: [
    { name: "another user", objects: [deployment()] },
    { name: "unset", objects: [deployment({ podSpec: { securityContext: { runAsUser: undefined } } })] },
    { name: "in a user namespace from 1.35", objects: [deployment({ podSpec: { hostUsers: false, securityContext: { runAsUser: 0 } } })], kubeVersion: "1.36" },
  ],
  unknown: [{ name: "a text, which the API server refuses", objects: [deployment({ podSpec: { securityContext: { runAsUser: "0" } } })] }],
});
