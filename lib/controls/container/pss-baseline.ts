import { definePodSecurityLevel } from "../pod-security-level";

export default definePodSecurityLevel(
  "baseline",
  "Below baseline, a pod has a known way to take over the node: privileged mode, or the node's namespaces, files, ports or devices. A namespace that enforces baseline would refuse it.",
);
