import { engineWebhook } from "../../inventory/testing";
import { describeControl } from "../testing";
import { kyverno, shop } from "../testing-admission-policies";
import { OF_PODS } from "../testing-kyverno-rules";
import control from "./admission-policy-absent";

/** A policy of Kyverno with a rule that holds pods to a level, and one that asks for a label. */
const besideLabels = (podSecurity: object, failureAction = "Enforce") => {
  const rules = [
    { name: "level", ...OF_PODS, validate: { failureAction, podSecurity } },
    { name: "labels", ...OF_PODS, validate: { failureAction: "Enforce", pattern: { metadata: { labels: { team: "?*" } } } } },
  ];
  return [...shop, engineWebhook(), kyverno("Enforce", { rules })];
};
const CONTROLS = ["Privileged Containers", "Host Namespaces", "HostPath Volumes", "Capabilities", "Host Ports", "AppArmor", "SELinux", "Sysctls", "Seccomp"];
const exclude = CONTROLS.map((controlName) => ({ controlName, images: ["*"] }));
const ACTION = "spec.rules[0].validate.failureAction";

/** What Kyverno holds pods to itself. */
describeControl(control, {
  fails: [
    {
      name: "Kyverno only audits by a rule on a level, and enforces one on labels",
      objects: besideLabels({ level: "baseline" }, "Audit"),
      evidence: [
        { path: "" },
        {
          path: "spec.rules[1].validate.failureAction",
          message: "Kyverno policy no-root keeps no danger out: of each that it was tried on, it lets a pod through.",
        },
      ],
    },
    { name: "Kyverno leaves out all that baseline forbids", objects: besideLabels({ level: "baseline", exclude }) },
    { name: "Kyverno holds pods to privileged, and enforces a rule on labels", objects: besideLabels({ level: "privileged" }) },
  ],
  passes: [
    {
      name: "Kyverno enforces a level",
      objects: besideLabels({ level: "baseline" }),
      evidence: [
        {
          path: ACTION,
          message: "Kyverno policy no-root refuses pods with privileged containers, the host's namespaces, files of the host, added capabilities and 5 more.",
        },
      ],
    },
    {
      name: "Kyverno leaves out all that baseline forbids of what restricted does",
      objects: besideLabels({ level: "restricted", exclude }),
      evidence: [
        {
          path: ACTION,
          message:
            "Kyverno policy no-root refuses pods with privileged containers, files of the host, privilege escalation, containers that may run as root and 2 more.",
        },
      ],
    },
  ],
  unknown: [
    {
      name: "Kyverno leaves out all that baseline forbids for some images",
      objects: besideLabels({ level: "baseline", exclude: exclude.map((item) => ({ ...item, images: ["registry.corp/cni/*"] })) }),
      reason: "Kyverno policy no-root would refuse what violates it, but what it leaves out of Privileged Containers is for whoever writes a pod to name.",
    },
  ],
});
