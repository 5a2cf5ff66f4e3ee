import { deployment, statefulSet } from "../../inventory/testing";
import { podOf } from "../../inventory/workloads/testing-live-pod";
import { describeControl } from "../testing";
import control from "./metrics-alerting-absent";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const prometheus = statefulSet({ name: "prometheus", container: { image: `quay.io/prometheus/prometheus:v3.7.0${digest}` } });
const alertmanager = statefulSet({ name: "alertmanager", container: { image: `quay.io/prometheus/alertmanager:v0.29.0${digest}` } });
const ofOpenShift = (name: string, container: string) =>
  statefulSet({
    name,
    namespace: "openshift-monitoring",
    container: { name: container, image: `quay.io/openshift-release-dev/ocp-v4.0-art-dev${digest}` },
  });

describeControl(control, {
  fails: [
    { name: "another part of OpenShift", objects: [ofOpenShift("console", "console"), ofOpenShift("prometheus-operator", "prometheus-operator")] },
    { name: "neither", objects: [deployment()] },
    { name: "metrics without alerts", objects: [deployment(), prometheus], evidence: [{ path: "", value: "Prometheus" }] },
    {
      name: "alerts that nothing raises, since no pod is ready",
      objects: [prometheus, alertmanager, podOf(prometheus, "a", "True"), podOf(alertmanager, "a", "False")],
      evidence: [{ path: "", value: "Alertmanager", message: "Alertmanager is here, but none of its pods is ready." }],
    },
    {
      name: "metrics that nothing collects, since no pod could be made",
      objects: [prometheus, alertmanager, podOf(alertmanager, "a", "True")],
      evidence: [{ path: "", value: "Prometheus", message: "Prometheus is here, but none of its pods is ready." }],
    },
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
    {
      name: "those of OpenShift, whose images have no names",
      objects: [ofOpenShift("prometheus-k8s", "prometheus"), ofOpenShift("alertmanager-main", "alertmanager")],
      evidence: [{ path: "", value: "Prometheus of OpenShift" }],
    },
    { name: "both", objects: [prometheus, alertmanager] },
    {
      name: "both, one of them with a pod that is not ready",
      objects: [prometheus, alertmanager, podOf(prometheus, "a", "True"), podOf(prometheus, "b", "False"), podOf(alertmanager, "a", "True")],
    },
    {
      name: "one that is ready beside one that is not",
      objects: [
        ...[prometheus, alertmanager].flatMap((owner) => [owner, podOf(owner, "a", "True")]),
        statefulSet({ name: "old", container: { image: `quay.io/prometheus/prometheus:v2.1.0${digest}` } }),
      ],
    },
    {
      name: "a service that does both, from a registry of its maker",
      objects: [deployment({ name: "datadog", container: { image: `gcr.io/datadoghq/agent:7.73.0${digest}`, env: [{ name: "DD_API_KEY", value: "x" }] } })],
    },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [{ name: "a set of manifests", objects: [deployment()], complete: false }],
});
