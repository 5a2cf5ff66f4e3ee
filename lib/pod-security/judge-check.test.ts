import { expect, test } from "vitest";
import { createPodView } from "../inventory/workloads/pod-view";
import { hostPorts } from "./checks/host-ports";
import { hostProbesAndHostLifecycle } from "./checks/host-probes-and-host-lifecycle";
import { judgeCheck, judgeContainers } from "./judge-check";

function view(container: Record<string, unknown>) {
  return createPodView({ source: "template", path: "spec", spec: { containers: [{ name: "app", ...container }] }, metadata: {}, onWindowsNode: false });
}

test("a check is asked of clusters that are older than it, by its oldest rule", () => {
  const outcome = judgeCheck(hostProbesAndHostLifecycle, view({ livenessProbe: { httpGet: { host: "10.0.0.1" } } }), { major: 1, minor: 20, text: "v1.20.0" });
  expect(outcome).toHaveLength(1);
});

test("only the fields that a rule reads can make its answer unknown", () => {
  const pod = view({ livenessProbe: "x", securityContext: "y" });
  expect(judgeCheck(hostPorts, pod, null)).toEqual([]);
  expect(judgeCheck(hostProbesAndHostLifecycle, pod, null)).toEqual({
    state: "unknown",
    reason: "The API server refuses this pod: spec.containers[0].livenessProbe must be an object.",
  });
});

test("a field that cannot be read spoils a pass, and never a fail", () => {
  const odd = { containerPort: 8080, hostPort: "x" };
  expect(judgeCheck(hostPorts, view({ ports: [odd] }), null)).toMatchObject({ state: "unknown" });
  expect(judgeCheck(hostPorts, view({ ports: [odd, { containerPort: 80, hostPort: 80 }] }), null)).toHaveLength(1);
});

test("containers that can be read are no answer, others are a reason", () => {
  expect(judgeContainers(view({}))).toEqual([]);
  const map = createPodView({ source: "template", path: "spec", spec: { containers: {} }, metadata: {}, onWindowsNode: false });
  expect(judgeContainers(map)).toMatchObject({ state: "unknown" });
});

test("an answer is that of the pod asked about, however pods take turns", () => {
  const open = view({ ports: [{ hostPort: 80 }] });
  const closed = view({});
  for (const pod of [open, closed, open, open, closed]) expect(judgeCheck(hostPorts, pod, null)).toHaveLength(pod === open ? 1 : 0);
});
