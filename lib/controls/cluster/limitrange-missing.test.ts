import { deployment, job, limitRange, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./limitrange-missing";

const unlimited = deployment({ container: { resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: undefined } } });
const forPods = [{ type: "Pod", max: { memory: "1Gi" } }];

describeControl(control, {
  fails: [
    { name: "no LimitRange, and a container without limits", objects: [namespace(), unlimited], severity: "low" },
    { name: "a LimitRange for pods only", objects: [namespace(), unlimited, limitRange({ spec: { limits: forPods } })] },
    { name: "a LimitRange for CPU only", objects: [namespace(), unlimited, limitRange({ spec: { limits: [{ type: "Container", default: { cpu: "1" } }] } })] },
    {
      name: "a default of zero, which is no limit",
      objects: [namespace(), unlimited, limitRange({ spec: { limits: [{ type: "Container", default: { memory: "0" } }] } })],
      remedy: false,
    },
    {
      name: "a container that sets zero, which is no limit",
      objects: [namespace(), deployment({ container: { resources: { limits: { memory: "0" } } } })],
    },
    {
      name: "a pod that sets zero as a whole",
      objects: [namespace(), deployment({ podSpec: { resources: { limits: { memory: "0" } } }, container: { resources: { limits: undefined } } })],
    },
  ],
  passes: [
    { name: "a default for memory", objects: [namespace(), unlimited, limitRange()] },
    {
      name: "a maximum for memory, which is the default too",
      objects: [namespace(), unlimited, limitRange({ spec: { limits: [{ type: "Container", max: { memory: "1Gi" } }] } })],
    },
    { name: "every container sets its own", objects: [namespace(), deployment()] },
    {
      name: "every pod limits itself as a whole",
      objects: [namespace(), deployment({ podSpec: { resources: { limits: { memory: "1Gi" } } }, container: { resources: { limits: undefined } } })],
    },
  ],
  notApplicable: [
    { name: "nothing runs there", objects: [namespace()] },
    { name: "only a finished Job is left", objects: [namespace(), job({ status: { conditions: [{ type: "Complete", status: "True" }] } })] },
    { name: "a namespace of the platform", objects: [namespace({ name: "kube-system" }), deployment({ namespace: "kube-system" })] },
  ],
  unknown: [
    { name: "LimitRanges could not be read", objects: [namespace(), unlimited], missing: ["limitRanges"] },
    { name: "a part of a cluster", objects: [namespace(), unlimited], complete: false },
  ],
});
