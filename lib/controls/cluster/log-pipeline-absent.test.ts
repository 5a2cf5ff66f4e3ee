import { daemonSet, deployment, node } from "../../inventory/testing";
import { podOf } from "../../inventory/workloads/testing-live-pod";
import { describeControl } from "../testing";
import control from "./log-pipeline-absent";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const agent = daemonSet({ name: "agent", namespace: "watch", container: { image: `cr.fluentbit.io/fluent/fluent-bit:4.1.0${digest}` } });
const running = (nodeName: string) => podOf(agent, nodeName, "True");
const nodes = [node({ name: "a" }), node({ name: "b" })];

const datadog = (image: string, DD_LOGS_ENABLED: string) =>
  daemonSet({
    name: "agent",
    namespace: "watch",
    container: { image: `${image}:7.73.0${digest}`, env: [{ name: "DD_LOGS_ENABLED", value: DD_LOGS_ENABLED }] },
  });

describeControl(control, {
  fails: [
    { name: "nothing of the kind", objects: [...nodes, deployment()] },
    { name: "on one node of two", objects: [...nodes, agent, running("a")] },
    { name: "a look-alike", objects: [...nodes, daemonSet({ name: "agent", container: { image: `registry.example.com/tools/bitmap:1.0.0${digest}` } })] },
    { name: "an agent that ships metrics only", objects: [datadog("registry.datadoghq.com/agent", "false")] },
    {
      name: "not on every node, but somewhere",
      objects: [...nodes, deployment({ name: "agent", container: { image: `cr.fluentbit.io/fluent/fluent-bit:4.1.0${digest}` } })],
    },
  ],
  passes: [
    { name: "on every node", objects: [...nodes, agent, running("a"), running("b")] },
    { name: "in a set without nodes", objects: [agent] },
    { name: "an agent that is told to ship logs", objects: [datadog("gcr.io/datadoghq/agent", "true")] },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [
    { name: "workloads cannot be listed", objects: nodes, missing: ["workloads"] },
    { name: "a set of manifests", objects: [agent], complete: false },
  ],
});
