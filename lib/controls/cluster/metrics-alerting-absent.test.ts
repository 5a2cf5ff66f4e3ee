import { deployment, statefulSet } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./metrics-alerting-absent";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const prometheus = statefulSet({ name: "prometheus", container: { image: `quay.io/prometheus/prometheus:v3.7.0${digest}` } });
const alertmanager = statefulSet({ name: "alertmanager", container: { image: `quay.io/prometheus/alertmanager:v0.29.0${digest}` } });

describeControl(control, {
  fails: [
    { name: "neither", objects: [deployment()] },
    { name: "metrics without alerts", objects: [deployment(), prometheus], evidence: [{ path: "", value: "Prometheus" }] },
    {
      name: "scaled to zero",
      objects: [
        deployment(),
        alertmanager,
        statefulSet({ name: "prometheus", spec: { replicas: 0 }, container: { image: `quay.io/prometheus/prometheus:v3.7.0${digest}` } }),
      ],
    },
  ],
  passes: [
    { name: "both", objects: [prometheus, alertmanager] },
    {
      name: "a service that does both, from a registry of its maker",
      objects: [deployment({ name: "datadog", container: { image: `gcr.io/datadoghq/agent:7.73.0${digest}`, env: [{ name: "DD_API_KEY", value: "x" }] } })],
    },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [{ name: "a set of manifests", objects: [deployment()], complete: false }],
});
