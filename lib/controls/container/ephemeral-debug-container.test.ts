import { daemonSet, deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ephemeral-debug-container";

function debugging(more: Record<string, unknown> = {}) {
  return pod({ podSpec: { ephemeralContainers: [{ name: "debug", image: "debug:1", ...more }] } });
}

function ended(startedAt: string | undefined) {
  return { ephemeralContainerStatuses: [{ name: "debug", state: { terminated: { exitCode: 0, startedAt } } }] };
}

function owned(status: unknown) {
  const ownerReferences = [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "agent", controller: true }];
  return [daemonSet({ name: "agent" }), { ...debugging(), metadata: { name: "agent-x", namespace: "shop", ownerReferences }, status }];
}

describeControl(control, {
  fails: [
    {
      name: "a plain one",
      objects: [debugging()],
      evidence: [{ path: "spec.ephemeralContainers[0].name", value: "debug", container: "debug" }],
      severity: "low",
    },
    { name: "one that ended, started in the last days", objects: [{ ...debugging(), status: ended("2026-11-20T00:00:00Z") }], severity: "low" },
    { name: "one that ended, nobody knows when it started", objects: [{ ...debugging(), status: ended(undefined) }] },
    {
      name: "one that runs, in a pod with an owner",
      objects: owned({ ephemeralContainerStatuses: [{ name: "debug", state: { running: { startedAt: "2026-11-01T00:00:00Z" } } }] }),
      target: { kind: "DaemonSet", name: "agent" },
      remedy: false,
    },
    { name: "with more rights than a plain one", objects: [debugging({ securityContext: { privileged: true } })], severity: "high" },
    { name: "with an added capability", objects: [debugging({ securityContext: { capabilities: { add: ["SYS_PTRACE"] } } })], severity: "high" },
  ],
  passes: [
    { name: "none", objects: [deployment()] },
    { name: "one that ended long ago", objects: [{ ...debugging(), status: ended("2026-11-01T00:00:00Z") }] },
    { name: "one that ended long ago, in a pod with an owner", objects: owned(ended("2026-11-01T00:00:00Z")) },
  ],
});
