import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./probe-host-field";

describeControl(control, {
  fails: [
    {
      name: "a liveness probe, on a cluster older than the rule",
      objects: [deployment({ container: { livenessProbe: { httpGet: { host: "169.254.169.254", port: 80 } } } })],
      kubeVersion: "1.28",
      evidence: [{ path: "spec.template.spec.containers[0].livenessProbe.httpGet.host", value: "169.254.169.254", container: "app" }],
      severity: "medium",
    },
    {
      name: "a hook that calls the node itself",
      objects: [deployment({ container: { lifecycle: { preStop: { tcpSocket: { host: "127.0.0.1", port: 80 } } } } })],
    },
  ],
  passes: [
    { name: "no probe", objects: [deployment()] },
    {
      name: "probes without a host",
      objects: [
        deployment({
          container: { readinessProbe: { httpGet: { port: 80, host: "", httpHeaders: [{ name: "Host", value: "a" }] } }, startupProbe: { grpc: { port: 1 } } },
        }),
      ],
    },
  ],
  unknown: [{ name: "a probe that is a text", objects: [deployment({ container: { livenessProbe: "/healthz" } })] }],
});
