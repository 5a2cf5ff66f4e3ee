import { deployment, networkPolicy, pod } from "../inventory/testing";
import { describeControl } from "./testing";

/** The table of a level of the Pod Security Standards; `capabilities` = what its check of added capabilities is called. */
export function describePodSecurityLevel(control: unknown, capabilities: string): void {
  describeControl(control, {
    fails: [
      { name: "a version whose checks are not all known, by one that is", objects: [deployment({ podSpec: { hostPID: true } })], kubeVersion: "1.52" },
      {
        name: "several checks, each named as the API server names it",
        objects: [deployment({ podSpec: { hostPID: true }, container: { securityContext: { privileged: true } } })],
        evidence: [
          { path: "spec.template.spec.hostPID", check: "hostNamespaces" },
          { path: "spec.template.spec.containers[0].securityContext.privileged", check: "privileged", container: "app" },
        ],
      },
      {
        name: "ports that the API server fills in on the node's network",
        objects: [networkPolicy(), pod({ podSpec: { hostNetwork: true } })],
        evidence: [{ path: "spec.containers[0].ports[0].hostPort", value: null, check: "hostPorts" }],
      },
      {
        name: "what more specific controls say as well",
        objects: [deployment({ container: { securityContext: { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } } } })],
        evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]", check: capabilities }],
      },
    ],
    passes: [{ name: "a hardened pod", objects: [deployment()] }],
    unknown: [
      { name: "a version whose checks are not all known", objects: [deployment()], kubeVersion: "1.52" },
      { name: "a field that the API server refuses", objects: [deployment({ podSpec: { hostPID: "true" } })] },
    ],
  });
}
