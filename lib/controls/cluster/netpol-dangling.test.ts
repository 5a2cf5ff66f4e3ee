import { cronJob, deployment, namespace, networkPolicy, statefulSet } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-dangling";

const policy = (spec: object) => ({ ...networkPolicy(), spec });
const world = [namespace(), deployment(), namespace({ name: "other" }), cronJob({ name: "nightly" })];
const from = (...peers: object[]) => policy({ podSelector: {}, ingress: [{ from: peers }] });

describeControl(control, {
  fails: [
    {
      name: "no pod has the labels",
      objects: [...world, policy({ podSelector: { matchLabels: { app: "ap" } } })],
      severity: "low",
      evidence: [{ path: "spec.podSelector" }],
    },
    {
      name: "a peer that is nobody",
      objects: [...world, from({ podSelector: { matchLabels: { app: "app" } } }, { podSelector: { matchLabels: { app: "ap" } } })],
      evidence: [{ path: "spec.ingress[0].from[1]" }],
    },
    { name: "a namespace that is not there", objects: [...world, from({ namespaceSelector: { matchLabels: { team: "x" } } })] },
    {
      name: "the pods are in another namespace",
      objects: [
        ...world,
        from({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "other" } }, podSelector: { matchLabels: { app: "app" } } }),
      ],
    },
  ],
  passes: [
    {
      name: "all pods, and peers that exist",
      objects: [
        ...world,
        from({ podSelector: {} }, { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "other" } } }, { ipBlock: { cidr: "10.0.0.0/8" } }),
      ],
    },
    {
      name: "one pod of a StatefulSet, by the label that only it has",
      objects: [
        ...world,
        statefulSet({ name: "db" }),
        policy({ podSelector: { matchLabels: { app: "db", "statefulset.kubernetes.io/pod-name": "db-0" } } }),
        from({ podSelector: { matchExpressions: [{ key: "apps.kubernetes.io/pod-index", operator: "In", values: ["0"] }] } }),
      ],
    },
    { name: "pods of a CronJob, that come and go", objects: [...world, policy({ podSelector: { matchLabels: { app: "nightly" } } })] },
  ],
  unknown: [
    { name: "a part of a cluster", objects: [policy({ podSelector: { matchLabels: { app: "ap" } } })], complete: false },
    { name: "workloads could not be read", objects: [...world, from({})], missing: ["workloads"] },
  ],
});
