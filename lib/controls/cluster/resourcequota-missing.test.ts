import { deployment, namespace, resourceQuota } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./resourcequota-missing";

const world = [namespace(), deployment()];
const quota = (spec: object) => ({ ...resourceQuota(), spec });

describeControl(control, {
  fails: [
    { name: "no quota", objects: world, severity: "low" },
    { name: "a quota for CPU alone", objects: [...world, quota({ hard: { "limits.cpu": "10" } })] },
    { name: "a quota for best-effort pods only", objects: [...world, quota({ hard: { pods: "10" }, scopes: ["BestEffort"] })] },
    {
      name: "a quota for pods of one priority only",
      objects: [
        ...world,
        quota({ hard: { pods: "10" }, scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["high"] }] } }),
      ],
    },
    { name: "a quota of another namespace", objects: [...world, resourceQuota({ namespace: "other" })] },
  ],
  passes: [
    { name: "pods are bounded", objects: [...world, quota({ hard: { pods: "10" } })] },
    { name: "a selector of scopes that asks for nothing", objects: [...world, quota({ hard: { pods: "10" }, scopeSelector: { matchExpressions: [] } })] },
    {
      name: "CPU and memory are bounded by two quotas",
      objects: [...world, quota({ hard: { "requests.cpu": "1" } }), { ...resourceQuota({ name: "memory" }), spec: { hard: { "limits.memory": "1Gi" } } }],
    },
  ],
  notApplicable: [{ name: "nothing runs there", objects: [namespace()] }],
  unknown: [{ name: "quotas could not be read", objects: world, missing: ["resourceQuotas"] }],
});
