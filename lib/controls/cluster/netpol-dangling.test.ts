import { configMap, cronJob, daemonSet, deployment, job, namespace, networkPolicy, pod, statefulSet } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-dangling";

const policy = (spec: object) => ({ ...networkPolicy(), spec });
const world = [namespace(), deployment(), namespace({ name: "other" }), cronJob({ name: "nightly" })];
const from = (...peers: object[]) => ({ ...networkPolicy({ name: "peers" }), spec: { podSelector: {}, ingress: [{ from: peers }] } });
const trained = pod({
  name: "train-0-x7k2p",
  podLabels: { "job-name": "train-0" },
  metadata: { ownerReferences: [{ apiVersion: "example.com/v1", kind: "Training", name: "train", controller: true }] },
});

const cilium = daemonSet({ name: "cilium", namespace: "kube-system", container: { image: "quay.io/cilium/cilium:v1.17.0" } });
const filter = (labels: string) => configMap({ name: "cilium-config", namespace: "kube-system", data: { labels } });

describeControl(control, {
  fails: [
    {
      name: "no pod has the labels",
      objects: [...world, policy({ podSelector: { matchLabels: { app: "ap" } } })],
      severity: "low",
      evidence: [{ path: "spec.podSelector" }],
    },
    {
      name: "a label without a value, written as null, that no pod has",
      objects: [...world, policy({ podSelector: { matchLabels: { app: null } } })],
      evidence: [{ path: "spec.podSelector" }],
    },
    {
      name: "a peer that is nobody",
      objects: [...world, from({ podSelector: { matchLabels: { app: "app" } } }, { podSelector: { matchLabels: { app: "ap" } } })],
      evidence: [{ path: "spec.ingress[0].from[1]" }],
    },
    {
      name: "a pod of a StatefulSet that is not there",
      objects: [...world, statefulSet({ name: "db" }), policy({ podSelector: { matchLabels: { "statefulset.kubernetes.io/pod-name": "dbs-0" } } })],
      evidence: [{ path: "spec.podSelector" }],
    },
    {
      name: "a Job that is not there",
      objects: [...world, job({ name: "seed" }), policy({ podSelector: { matchLabels: { "batch.kubernetes.io/job-name": "sed" } } })],
    },
    {
      name: "a Job of another custom owner, whose name begins alike",
      objects: [...world, trained, policy({ podSelector: { matchLabels: { "job-name": "trains" } } })],
    },
    {
      name: "pods of Jobs, where only a Deployment is",
      objects: [namespace(), deployment(), policy({ podSelector: { matchExpressions: [{ key: "job-name", operator: "Exists" }] } })],
    },
    { name: "a namespace that is not there", objects: [...world, from({ namespaceSelector: { matchLabels: { team: "x" } } })] },
    {
      name: "the pods are in another namespace",
      objects: [
        ...world,
        from({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "other" } }, podSelector: { matchLabels: { app: "app" } } }),
      ],
    },
    {
      name: "a label that Cilium leaves out, of pods that have it",
      objects: [...world, cilium, filter("!app"), policy({ podSelector: { matchLabels: { app: "app" } } })],
      evidence: [{ path: "spec.podSelector" }],
    },
    {
      name: "a peer by such a label",
      objects: [...world, cilium, filter("k8s:team"), from({ podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } })],
      evidence: [{ path: "spec.ingress[0].from[0]" }],
    },
  ],
  passes: [
    { name: "a label that Cilium knows", objects: [...world, cilium, filter("!team"), policy({ podSelector: { matchLabels: { app: "app" } } })] },
    {
      name: "a label that it leaves out, and that pods must not have",
      objects: [...world, cilium, filter("!team"), policy({ podSelector: { matchExpressions: [{ key: "team", operator: "DoesNotExist" }] } })],
    },
    { name: "the settings of a Cilium that is not there", objects: [...world, filter("!app"), policy({ podSelector: { matchLabels: { app: "app" } } })] },
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
    {
      name: "what the controllers of Jobs, DaemonSets and Deployments add",
      objects: [
        ...world,
        job({ name: "seed" }),
        daemonSet({ name: "agent" }),
        policy({ podSelector: { matchLabels: { "batch.kubernetes.io/job-name": "seed", "batch.kubernetes.io/job-completion-index": "0" } } }),
        from(
          { podSelector: { matchLabels: { "job-name": "nightly-29310480" } } },
          { podSelector: { matchLabels: { app: "agent", "controller-revision-hash": "7d4f8b" } } },
          { podSelector: { matchExpressions: [{ key: "pod-template-hash", operator: "Exists" }] } },
        ),
      ],
    },
    {
      name: "another pod of a custom owner, of which one is seen",
      objects: [
        ...world,
        pod({
          name: "kafka-0",
          podLabels: { "statefulset.kubernetes.io/pod-name": "kafka-0" },
          metadata: { ownerReferences: [{ apiVersion: "core.strimzi.io/v1", kind: "StrimziPodSet", name: "kafka", controller: true }] },
        }),
        policy({ podSelector: { matchLabels: { "statefulset.kubernetes.io/pod-name": "kafka-2" } } }),
      ],
    },
    {
      name: "Jobs of a custom owner, called like it or after it",
      objects: [
        ...world,
        trained,
        policy({ podSelector: { matchLabels: { "job-name": "train" } } }),
        from({ podSelector: { matchLabels: { "job-name": "train-1" } } }),
      ],
    },
    {
      name: "namespaces whose objects are here and they are not",
      objects: [
        deployment(),
        deployment({ name: "till", namespace: "other" }),
        from(
          { namespaceSelector: {} },
          { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } },
          { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "other" } } },
        ),
      ],
    },
    { name: "every namespace, of which there is one: the policy's own", objects: [from({ namespaceSelector: {} })] },
    {
      name: "a namespace of a part of a cluster, by its name or by what it is told to have",
      objects: [
        deployment(),
        namespace({ name: "other", labels: { team: "y" } }),
        from(
          { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } },
          { namespaceSelector: { matchExpressions: [{ key: "team", operator: "NotIn", values: ["x"] }] } },
        ),
      ],
      complete: false,
    },
    { name: "pods of a CronJob, that come and go", objects: [...world, policy({ podSelector: { matchLabels: { app: "nightly" } } })] },
  ],
  unknown: [
    {
      name: "a label that some versions of Cilium leave out",
      objects: [...world, cilium, statefulSet({ name: "db" }), policy({ podSelector: { matchLabels: { "apps.kubernetes.io/pod-index": "0" } } })],
    },
    { name: "a part of a cluster", objects: [policy({ podSelector: { matchLabels: { app: "ap" } } })], complete: false },
    {
      name: "a namespace of a part of a cluster, of which the labels are not told",
      objects: [deployment(), from({ namespaceSelector: { matchExpressions: [{ key: "team", operator: "NotIn", values: ["x"] }] } })],
      complete: false,
    },
    { name: "workloads could not be read", objects: [...world, from({})], missing: ["workloads"] },
  ],
});
