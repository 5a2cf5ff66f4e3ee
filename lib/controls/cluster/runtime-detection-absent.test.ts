import { daemonSet, deployment, node, pod } from "../../inventory/testing";
import { podOf } from "../../inventory/workloads/testing-live-pod";
import { describeControl } from "../testing";
import control from "./runtime-detection-absent";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const agent = daemonSet({ name: "agent", namespace: "watch", container: { image: `docker.io/falcosecurity/falco:0.43.0${digest}` } });
const tetragon = daemonSet({ name: "tetragon", namespace: "watch", container: { image: `quay.io/cilium/tetragon:v1.6.0${digest}` } });
const fluent = daemonSet({ name: "fluent", namespace: "watch", container: { image: `docker.io/fluent/fluent-bit:4.1.0${digest}` } });
const running = (nodeName: string) =>
  pod({
    name: `agent-${nodeName}`,
    namespace: "watch",
    podLabels: { app: "agent" },
    ownerReferences: [],
    metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "agent", controller: true, uid: "1" }] },
    podSpec: { nodeName },
    status: { phase: "Running" },
    container: { image: `docker.io/falcosecurity/falco:0.43.0${digest}` },
  });
const nodes = [node({ name: "a" }), node({ name: "b" })];

describeControl(control, {
  fails: [
    { name: "nothing of the kind", objects: [...nodes, deployment()] },
    {
      name: "on one node of two",
      objects: [...nodes, agent, running("a")],
      evidence: [{ path: "", message: "Falco runs on 1 of 2 nodes. Not on b." }],
    },
    {
      name: "on one node of many",
      objects: [..."abcdefghijklm"].map((name) => node({ name })).concat(agent, running("a")),
      evidence: [{ path: "", message: "Falco runs on 1 of 13 nodes. Not on b, c, d, e, f, g, h, i, j, k and 2 more." }],
    },
    { name: "not yet on the only node", objects: [node({ name: "a" }), agent], evidence: [{ path: "", message: "Falco runs on 0 of 1 node." }] },
    {
      name: "on every node, and nowhere ready",
      objects: [...nodes, agent, podOf(agent, "a", "False"), podOf(agent, "b", "False")],
      evidence: [{ path: "", message: "Falco runs on 0 of 2 nodes. 2 of its 2 pods are not ready." }],
    },
    {
      name: "ready on one node of two",
      objects: [...nodes, agent, podOf(agent, "a", "True"), podOf(agent, "b", "False")],
      evidence: [{ path: "", message: "Falco runs on 1 of 2 nodes. Not on b. 1 of its 2 pods is not ready." }],
    },
    {
      name: "not ready, where nodes are none of ours",
      objects: [agent, podOf(agent, "a", "False")],
      evidence: [{ path: "", message: "Falco runs nowhere. 1 of its 1 pod is not ready." }],
    },
    {
      name: "waiting for a node that takes it",
      objects: [...nodes, agent, podOf(agent, "a", "True"), { ...podOf(agent, "", "False"), status: { phase: "Pending" } }],
    },
    { name: "declared beside what has pods", objects: [agent, fluent, podOf(fluent, "a", "True")] },
    {
      name: "two between them, and one node without",
      objects: [...nodes, node({ name: "c" }), agent, tetragon, podOf(agent, "a", "True"), podOf(tetragon, "b", "True")],
    },
    { name: "a look-alike", objects: [...nodes, daemonSet({ name: "agent", container: { image: `docker.io/falcosecurity/falcosidekick:2.31.0${digest}` } })] },
    {
      name: "a collector of something else",
      objects: [daemonSet({ name: "otel-collector", container: { name: "collector", image: `registry.example.com/otel/collector:1.2.0${digest}` } })],
    },
    {
      name: "an agent for whatever its server tells it",
      objects: [daemonSet({ name: "elastic-agent", container: { image: `docker.elastic.co/elastic-agent/elastic-agent:8.15.0${digest}` } })],
    },
    { name: "an agent of another maker", objects: [daemonSet({ container: { image: `registry.example.com/shop/node-agent:1.0.0${digest}` } })] },
    {
      name: "not on every node, but somewhere",
      objects: [...nodes, deployment({ name: "agent", container: { image: `docker.io/falcosecurity/falco:0.43.0${digest}` } })],
      evidence: [{ path: "", message: "No runtime threat detector that we know runs as a DaemonSet." }],
    },
  ],
  passes: [
    {
      name: "on every node",
      objects: [...nodes, agent, running("a"), running("b")],
      evidence: [{ path: "", message: "Falco runs as DaemonSet watch/agent on 2 of 2 nodes." }],
    },
    { name: "ready on every node", objects: [...nodes, agent, podOf(agent, "a", "True"), podOf(agent, "b", "True")] },
    {
      name: "one for each pool of nodes",
      objects: [...nodes, agent, tetragon, podOf(agent, "a", "True"), podOf(tetragon, "b", "True")],
      evidence: [
        { path: "", message: "Falco runs as DaemonSet watch/agent on 1 of 2 nodes." },
        { path: "", message: "Tetragon runs as DaemonSet watch/tetragon on 1 of 2 nodes." },
      ],
    },
    { name: "in a set without nodes", objects: [agent] },
    { name: "Sysdig as its newer chart ships it", objects: [daemonSet({ container: { image: `quay.io/sysdig/host-shield:14.3.0${digest}` } })] },
    {
      name: "a collector that reports to StackRox",
      objects: [
        daemonSet({
          name: "collector",
          container: { image: `registry.example.com/mirror/collector:4.6.0${digest}`, env: [{ name: "COLLECTION_METHOD", value: "CORE_BPF" }] },
        }),
      ],
    },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [
    { name: "workloads cannot be listed", objects: nodes, missing: ["workloads"] },
    { name: "a set of manifests", objects: [agent], complete: false },
  ],
});
