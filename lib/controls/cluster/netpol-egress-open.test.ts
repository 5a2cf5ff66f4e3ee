import { describeControl } from "../testing";
import { adminOf, allowAllOf, EGRESS, openPodCases, world } from "../testing-open-pods";
import control from "./netpol-egress-open";

const admin = adminOf(EGRESS);

describeControl(control, openPodCases(EGRESS));

describeControl(control, {
  fails: [
    { name: "no policy", objects: world, severity: "medium", evidence: [{ path: "spec.template.metadata.labels" }] },
    { name: "an admin policy denies all pods, and leaves the internet open", objects: [...world, admin("Deny")] },
  ],
  passes: [
    {
      name: "a policy that allows everything, under an admin policy that denies all pods",
      objects: [...world, allowAllOf(EGRESS), admin("Deny", { networks: ["0.0.0.0/0"] })],
    },
    { name: "an admin policy denies every address", objects: [...world, admin("Deny", { networks: ["0.0.0.0/0"] })] },
  ],
});
