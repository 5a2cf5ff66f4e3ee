import { daemonSet, deployment, limitRange, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./resource-limits-missing";

function limits(value: unknown) {
  return { resources: { limits: value } };
}

const OF_DAEMON_SET = { ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "app", controller: true }] };

describeControl(control, {
  fails: [
    {
      name: "no memory limit",
      objects: [deployment({ container: limits({ memory: undefined }) })],
      evidence: [{ path: "spec.template.spec.containers[0].resources.limits.memory", value: null, container: "app" }],
      severity: "medium",
    },
    { name: "0 is no limit", objects: [deployment({ container: { resources: { limits: { memory: "0" }, requests: { memory: "1Gi" } } } })] },
    {
      name: "no limit beside an amount that is no quantity",
      objects: [
        deployment({
          podSpec: { initContainers: [{ name: "proxy", image: "p:1", restartPolicy: "Always" }] },
          container: { resources: { limits: { memory: "256MB" }, requests: { memory: undefined } } },
        }),
      ],
      evidence: [{ path: "spec.template.spec.initContainers[0].resources.limits.memory", container: "proxy" }],
    },
    { name: "a sidecar", objects: [deployment({ podSpec: { initContainers: [{ name: "proxy", image: "p:1", restartPolicy: "Always" }] } })] },
    { name: "a CPU limit where it is asked for", objects: [deployment({ container: limits({ cpu: undefined }) })], settings: { requireCpuLimit: true } },
    {
      name: "pods that were there before the LimitRange",
      objects: [daemonSet({ container: limits(undefined) }), pod({ name: "app-x", metadata: OF_DAEMON_SET, container: limits(undefined) }), limitRange()],
      evidence: [
        {
          path: "spec.template.spec.containers[0].resources.limits.memory",
          message: "Container app has no memory limit: its pods were made before the LimitRange that gives one.",
        },
      ],
      remedy: false,
    },
    {
      name: "a pod by itself that was there before the LimitRange",
      objects: [pod({ metadata: { creationTimestamp: "2026-11-20T00:00:00Z" }, container: limits(undefined) }), limitRange()],
    },
    { name: "the LimitRange is in another namespace", objects: [deployment({ container: limits(undefined) }), limitRange({ namespace: "other" })] },
    {
      name: "a limit of the whole pod, before clusters read it",
      objects: [deployment({ podSpec: { resources: { limits: { memory: "1Gi" } } }, container: limits(undefined) })],
      kubeVersion: "1.33",
    },
  ],
  passes: [
    { name: "a limit", objects: [deployment()] },
    { name: "no CPU limit", objects: [deployment({ container: limits({ cpu: undefined }) })] },
    { name: "a plain init container without one", objects: [deployment({ podSpec: { initContainers: [{ name: "init", image: "i:1" }] } })] },
    {
      name: "a limit of the whole pod",
      objects: [deployment({ podSpec: { resources: { limits: { memory: "1Gi" } } }, container: limits(undefined) })],
      kubeVersion: "1.34",
    },
    { name: "a LimitRange gives it to a pod that is still to be made", objects: [pod({ container: limits(undefined) }), limitRange()] },
    {
      name: "a LimitRange gave it to the pods that run",
      objects: [
        daemonSet({ container: limits(undefined) }),
        pod({ name: "app-x", metadata: OF_DAEMON_SET, container: limits({ memory: "128Mi" }) }),
        limitRange(),
      ],
    },
    {
      name: "a LimitRange gives it",
      objects: [deployment({ container: limits(undefined) }), limitRange()],
      evidence: [{ path: "spec.template.spec.containers[0].resources.limits", value: null }],
    },
  ],
  unknown: [
    { name: "LimitRanges cannot be read", objects: [deployment()], missing: ["limitRanges"] },
    { name: "a set of manifests, where a LimitRange may exist", objects: [deployment({ container: limits(undefined) })], complete: false },
    { name: "an amount that is no quantity", objects: [deployment({ container: limits({ memory: "256MB" }) })] },
    { name: "containers are a map", objects: [deployment({ podSpec: { containers: {} } })] },
  ],
});
