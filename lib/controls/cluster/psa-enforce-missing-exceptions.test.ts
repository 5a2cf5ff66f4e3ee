import { engineWebhook } from "../../inventory/testing";
import { describeControl } from "../testing";
import { exception, kyverno, running } from "../testing-pod-security-guards";
import { bundle } from "../testing-kyverno-rules";
import { ENFORCE, needsBaseline, open, TARGET } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

/** What exceptions from policies of Kyverno leave of them. */
describeControl(control, {
  fails: [
    {
      name: "a policy that an exception takes the namespace out of",
      objects: [open, needsBaseline, kyverno({}), ...running("true"), exception()],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "No level is enforced; the built-in default is privileged. ClusterPolicy pod-security does nothing here: PolicyException shop/legacy takes all of them out of it.",
        },
      ],
    },
    {
      name: "an exception that selects the namespace by label",
      objects: [
        open,
        needsBaseline,
        kyverno({}),
        ...running("true"),
        exception({ namespaces: undefined, namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } }),
      ],
    },
    {
      name: "an exception from every rule, of a namespace that Kyverno takes them from",
      objects: [
        open,
        needsBaseline,
        kyverno({}),
        ...running("true", "a", ["--exceptionNamespace=shop"]),
        exception({ kinds: ["*"], namespaces: ["*"] }, { exceptions: [{ policyName: "*", ruleNames: ["*"] }] }),
      ],
    },
  ],
  passes: [
    { name: "an exception that Kyverno does not heed", objects: [open, kyverno({}), ...running("false"), exception()], target: TARGET },
    {
      name: "an exception outside of the namespace that Kyverno takes them from",
      objects: [open, kyverno({}), ...running("true", "a", ["--exceptionNamespace=guard"]), exception()],
      target: TARGET,
    },
    ...Object.entries({
      "for another namespace": exception({ namespaces: ["other"] }),
      "from another policy": exception({}, { exceptions: [{ policyName: "other", ruleNames: ["*"] }] }),
      "for controllers of pods, whose pods are judged all the same": exception({ kinds: ["Deployment"] }),
      "for what runs in pods": exception({ kinds: ["Pod/exec"] }),
      "from the rule for controllers": exception({}, { exceptions: [{ policyName: "pod-security", ruleNames: ["autogen-*"] }] }),
      "that matches nothing": exception({}, { match: { any: [{}] } }),
    }).map(([which, given]) => ({ name: `an exception ${which}`, objects: [open, kyverno({}), ...running("true"), given], target: TARGET })),
    {
      name: "one policy with an exception, and one without",
      objects: [open, kyverno({}), ...bundle(), ...running("true"), exception()],
      target: TARGET,
    },
  ],
  unknown: [
    { name: "a policy whose exceptions Kyverno may heed", objects: [open, engineWebhook("kyverno"), kyverno({}), exception()], target: TARGET },
    { name: "exceptions that only one of two Kyvernos heeds", objects: [open, kyverno({}), ...running("true"), running("false", "b")[0] ?? {}, exception()] },
    { name: "an exception for some pods of the namespace", objects: [open, kyverno({}), ...running("true"), exception({ names: ["legacy-*"] })] },
    { name: "an exception for one person", objects: [open, kyverno({}), ...running("true"), exception({}, { match: { any: [{ clusterRoles: ["dev"] }] } })] },
    {
      name: "an exception from one control of the level",
      objects: [open, kyverno({}), ...running("true"), exception({}, { podSecurity: [{ controlName: "Capabilities", images: ["*"] }] })],
    },
    {
      name: "an exception under conditions",
      objects: [open, kyverno({}), ...running("true"), exception({}, { conditions: { any: [{ key: "a", operator: "Equals", value: "b" }] } })],
    },
  ],
});
