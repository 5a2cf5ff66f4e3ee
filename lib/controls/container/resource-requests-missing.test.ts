import { deployment, limitRange, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./resource-requests-missing";

function resources(value: unknown) {
  return { resources: value };
}

describeControl(control, {
  fails: [
    {
      name: "nothing set",
      objects: [deployment({ container: resources(undefined) })],
      evidence: [
        { path: "spec.template.spec.containers[0].resources.requests.cpu", value: null, container: "app" },
        { path: "spec.template.spec.containers[0].resources.requests.memory", value: null },
      ],
      severity: "low",
    },
    {
      name: "zero, which no limit fills, with a limit that the proposal keeps",
      objects: [deployment({ container: { resources: { requests: { memory: "0" }, limits: { memory: "32Mi" } } } })],
      evidence: [{ path: "spec.template.spec.containers[0].resources.requests.memory", value: "0", message: "Container app requests no memory." }],
    },
    {
      name: "a pod that was there before the LimitRange",
      objects: [pod({ metadata: { creationTimestamp: "2026-11-20T00:00:00Z" }, container: resources(undefined) }), limitRange()],
      evidence: [
        {
          path: "spec.containers[0].resources.requests.memory",
          message: "Container app requests no memory: its pods were made before the LimitRange that gives a request.",
        },
      ],
    },
    {
      name: "zero, which becomes the request of the whole pod beside its limit",
      objects: [
        deployment({
          podSpec: { resources: { limits: { cpu: "1", memory: "1Gi" } } },
          container: { resources: { requests: { cpu: "0" }, limits: undefined } },
        }),
      ],
      evidence: [{ path: "spec.template.spec.containers[0].resources.requests.cpu", value: "0" }],
    },
    { name: "only memory", objects: [deployment({ container: { resources: { requests: { cpu: undefined }, limits: { cpu: undefined } } } })] },
  ],
  passes: [
    { name: "both set", objects: [deployment()] },
    { name: "limits alone count as requests", objects: [deployment({ container: { resources: { requests: undefined } } })] },
    {
      name: "the pod requests memory, and gets the sum of what its containers request of CPU",
      objects: [
        deployment({
          podSpec: { resources: { requests: { memory: "1Gi" } }, containers: [{ name: "app", resources: { requests: { cpu: "100m" } } }, { name: "proxy" }] },
        }),
      ],
    },
    { name: "a LimitRange gives them", objects: [deployment({ container: resources(undefined) }), limitRange()] },
    {
      name: "the pod as a whole requests them",
      objects: [deployment({ podSpec: { resources: { requests: { cpu: "1", memory: "1Gi" } } }, container: resources(undefined) })],
    },
  ],
  unknown: [
    { name: "LimitRanges cannot be read", objects: [deployment()], missing: ["limitRanges"] },
    {
      name: "an amount that is no quantity",
      objects: [deployment({ container: { resources: { requests: { memory: "64 megabytes" }, limits: { memory: undefined } } } })],
    },
  ],
});
