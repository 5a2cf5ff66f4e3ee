import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-request-timeout";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "requests may take an hour", objects: server("--request-timeout=1h"), evidence: [{ path: "spec.containers[0].command[1]" }], severity: "info" },
    { name: "requests never end", objects: server("--request-timeout=0") },
    { name: "an hour and a half", objects: server("--request-timeout=1.5h") },
    { name: "an hour in milliseconds", objects: server("--request-timeout=3600000ms") },
    { name: "a second too long", objects: server("--request-timeout=5m1s") },
  ],
  passes: [
    { name: "a minute in milliseconds", objects: server("--request-timeout=60000ms") },
    { name: "the default", objects: server() },
    { name: "five minutes", objects: server("--request-timeout=5m") },
    { name: "a large share of a minute", objects: server("--request-timeout=.9m") },
    { name: "two and a half", objects: server("--request-timeout=2m30s") },
  ],
  unknown: [
    { name: "a number without a unit, with which it does not start", objects: server("--request-timeout=300") },
    { name: "less than no time", objects: server("--request-timeout=-1m") },
  ],
});
