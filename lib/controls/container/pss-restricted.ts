import { definePodSecurityLevel } from "../pod-security-level";

export default definePodSecurityLevel(
  "restricted",
  "Restricted forbids what most applications never need and most container escapes do. A namespace that enforces restricted would refuse the pod.",
);
