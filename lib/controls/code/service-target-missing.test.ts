import { deployment, job, service, statefulSet } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./service-target-missing";

const endpoints = (entries: readonly object[]) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "app-x7k2p", namespace: "shop", labels: { "kubernetes.io/service-name": "app" } },
  addressType: "IPv4",
  endpoints: entries,
});
const target = { kind: "Service", name: "app" };

describeControl(control, {
  fails: [
    { name: "nothing has its labels", objects: [deployment({ name: "other" }), service()], target, evidence: [{ path: "spec.selector" }] },
    {
      name: "one pod of another StatefulSet",
      objects: [statefulSet({ name: "db" }), service({ spec: { selector: { app: undefined, "statefulset.kubernetes.io/pod-name": "cache-0" } } })],
      target,
    },
    { name: "its endpoints are none", objects: [deployment({ name: "other" }), service(), endpoints([])], target },
  ],
  passes: [
    {
      name: "one pod of a StatefulSet, by the label that its controller adds",
      objects: [
        statefulSet({ name: "db-main", podLabels: { app: "app" } }),
        service({ spec: { selector: { "statefulset.kubernetes.io/pod-name": "db-main-12" } } }),
      ],
      target,
    },
    { name: "the pods of a Job", objects: [job({ name: "import" }), service({ spec: { selector: { app: undefined, "job-name": "import" } } })], target },
    { name: "a workload has them", objects: [deployment(), service()], target },
    { name: "a pod was given them while it ran", objects: [deployment({ name: "other" }), service(), endpoints([{ addresses: ["10.0.0.7"] }])], target },
  ],
  notApplicable: [
    { name: "no selector", objects: [service({ spec: { selector: undefined } })], target },
    { name: "a name only", objects: [service({ spec: { type: "ExternalName" } })], target },
  ],
  unknown: [{ name: "a set of manifests", objects: [service()], target, complete: false }],
});
