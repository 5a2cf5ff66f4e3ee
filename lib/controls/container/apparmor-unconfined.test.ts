import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./apparmor-unconfined";

const APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

describeControl(control, {
  fails: [
    {
      name: "a container's field",
      objects: [deployment({ container: { securityContext: { appArmorProfile: { type: "Unconfined" } } } })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.appArmorProfile.type", value: "Unconfined", container: "app" }],
      severity: "medium",
    },
    { name: "the pod's field", objects: [deployment({ podSpec: { securityContext: { appArmorProfile: { type: "Unconfined" } } } })] },
    {
      name: "an annotation for a container that does not exist",
      objects: [deployment({ podAnnotations: { [`${APP_ARMOR}ghost`]: "unconfined" } })],
      evidence: [{ path: `spec.template.metadata.annotations["${APP_ARMOR}ghost"]`, value: "unconfined", container: "ghost" }],
    },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    {
      name: "good annotations",
      objects: [deployment({ podAnnotations: { [`${APP_ARMOR}app`]: "runtime/default", [`${APP_ARMOR}b`]: "localhost/b", [`${APP_ARMOR}c`]: "" } })],
    },
    { name: "an annotation of the controller, not of its pods", objects: [deployment({ annotations: { [`${APP_ARMOR}app`]: "unconfined" } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [
    {
      name: "the container is privileged",
      objects: [deployment({ container: { securityContext: { privileged: true, appArmorProfile: { type: "Unconfined" } } } })],
    },
  ],
  unknown: [{ name: "a type that is a number", objects: [deployment({ container: { securityContext: { appArmorProfile: "Unconfined" } } })] }],
});
