import { engineWebhook } from "../inventory/testing";
import type { ControlCases } from "./testing";
import { kyverno as enforcing, NOT_PRIVILEGED, shop } from "./testing-admission-policies";
import { exception, kyverno, running } from "./testing-pod-security-guards";
import { askedOfKyverno, ENFORCE, needsBaseline, open, TARGET } from "./testing-tried-guards";

/** What a rule of Kyverno is about when it asks for all pods. */
export const OF_PODS = { match: { any: [{ resources: { kinds: ["Pod"] } }] } };

/** A policy of Kyverno that refuses the pods that violate its one rule. */
const enforcingRule = (validate: unknown, spec: object = {}) => enforcing("Enforce", { ...spec, rules: [{ ...OF_PODS, validate }] });

/** What a rule of Kyverno asks by a pattern so that nobody takes over a node: of containers, and of the pod. */
const PATTERNS = {
  privileged: NOT_PRIVILEGED,
  hostNamespaces: { spec: { "=(hostPID)": "false", "=(hostIPC)": "false", "=(hostNetwork)": "false" } },
  hostFiles: { spec: { "=(volumes)": [{ "X(hostPath)": "null" }] } },
};
/** A policy of Kyverno with a rule for each pattern. */
const byPatterns = (name: string, patterns: readonly object[], failureAction = "Enforce") => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name },
  spec: {
    rules: patterns.map((pattern, index) => ({
      name: `rule-${index}`,
      ...OF_PODS,
      validate: { failureAction, message: "Neither privileged nor with a hostPath.", pattern },
    })),
  },
});
/** All of it in three policies. */
export const bundle = (failureAction?: string) => Object.entries(PATTERNS).map(([name, pattern]) => byPatterns(name, [pattern], failureAction));
const ofNamespace = (namespace: string) => ({ ...byPatterns("guard", Object.values(PATTERNS)), kind: "Policy", metadata: { name: "guard", namespace } });
/** A policy of Kyverno that lets nothing through that takes over a node, but for what its rules leave out. */
const withExclusion = (resources: object, people: object = {}) => {
  const policy = byPatterns("guard", Object.values(PATTERNS));
  const rules = policy.spec.rules.map((rule) => ({ ...rule, exclude: { any: [{ resources: { kinds: ["Pod"], ...resources }, ...people }] } }));
  return { ...policy, spec: { rules } };
};

const ADMINS = { clusterRoles: ["cluster-admin"] };

/** The same in one rule, which another comes before: the first that is about a pod is the only one to apply. */
const applyingOne = (first: object) => {
  const specs = Object.values(PATTERNS).map(({ spec }) => spec);
  const policy = byPatterns("guard", [{ metadata: { labels: { team: "?*" } } }, { spec: Object.assign({}, ...specs) }]);
  const [before, ...rules] = policy.spec.rules;
  return { ...policy, spec: { applyRules: "One", rules: [{ ...before, ...first }, ...rules] } };
};

const NO_PRIVILEGED = "(object.spec.containers + object.spec.initContainers).map(c, c.securityContext.privileged).all(p, !p)";
const OR_NOT = [{ "=(securityContext)": { "=(runAsNonRoot)": true } }];

/** Conditions of Kyverno in its own language. */
const ofItem = (key: string) => ({ deny: { conditions: { any: [{ key, operator: "AnyIn", value: "{{ element.keys(@) }}" }] } } });
const HOST_FILES_MOUNTED = { key: "{{ request.object.spec.containers[].volumeMounts[?name == 'hostPath'] | length(@) }}", operator: "GreaterThan", value: 0 };
const PRIVILEGED = "{{ request.object.spec.[initContainers, containers][].securityContext.privileged }}";
const DROPPED = "{{ element.securityContext.capabilities.drop[].to_upper(@) || `[]` }}";
const NO_ROOT = { securityContext: { privileged: false } };
const ROOT_BY_NAME = { spec: { containers: [{ "(name)": "*", ...NO_ROOT }], "=(initContainers)": [{ "(name)": "*", ...NO_ROOT }] } };

/** What admission-policy-absent says of the rules of Kyverno's policies, which are tried. */
export const RULES_ON_DANGERS = {
  fails: [
    {
      name: "Kyverno holds pods to the level that allows everything",
      objects: [...shop, engineWebhook(), enforcingRule({ podSecurity: { level: "privileged" } })],
      evidence: [
        { path: "" },
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy no-root keeps no danger out: it holds pods to privileged, which allows everything.",
        },
      ],
    },
    ...[
      ["labels", { pattern: { metadata: { labels: { team: "?*" } } } }],
      ["labels, in CEL", { cel: { expressions: [{ expression: "has(object.metadata.labels.team)" }] } }],
      [
        "labels, in its own language",
        {
          message: "A privileged container needs an owner.",
          deny: { conditions: { any: [{ key: "{{ request.object.metadata.labels.team || '' }}", operator: "Equals", value: "" }] } },
        },
      ],
      ["tags of images", { pattern: { spec: { containers: [{ image: "!*:latest" }] } } }],
      ["a few of the files of the host", { pattern: { spec: { "=(volumes)": [{ "=(hostPath)": { path: "!/run/*.sock & !/var/run/docker.sock" } }] } } }],
      ["containers by their names", { pattern: { spec: { containers: [{ "(name)": "system-*", ...NO_ROOT }] } } }],
    ].map(([name, validate]) => ({
      name: `Kyverno enforces something about ${name}`,
      objects: [...shop, engineWebhook(), enforcingRule(validate)],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy no-root keeps no danger out: of each that it was tried on, it lets a pod through.",
        },
      ],
    })),
  ],
  passes: [
    {
      name: "Kyverno refuses every pod",
      objects: [...shop, engineWebhook(), enforcingRule({ deny: {} })],
    },
    ...[
      ["capabilities", "{{ request.object.spec.[initContainers, containers][].securityContext.capabilities.add[] }}", ["CHOWN"], "added capabilities"],
      ["volumes", "{{ request.object.spec.volumes[].keys(@)[] || '' }}", ["name", "secret", "emptyDir", ""], "files of the host and volumes of other kinds"],
    ].map(([name, key, value, what]) => ({
      name: `Kyverno, in its own language, denies other ${name} than some`,
      objects: [...shop, engineWebhook(), enforcingRule({ deny: { conditions: { all: [{ key, operator: "AnyNotIn", value }] } } })],
      evidence: [{ path: "spec.validationFailureAction", message: `Kyverno policy no-root refuses pods with ${what}.` }],
    })),
    ...[
      ["privileged containers", { deny: { conditions: { any: [{ key: PRIVILEGED, operator: "AnyIn", value: [true] }] } } }],
      ["files of the host", { foreach: [{ list: "request.object.spec.volumes", ...ofItem("hostPath") }] }],
      [
        "capabilities that are not dropped",
        {
          foreach: [
            {
              list: "request.object.spec.[initContainers, containers][]",
              deny: { conditions: { all: [{ key: "ALL", operator: "AnyNotIn", value: DROPPED }] } },
            },
          ],
        },
      ],
    ].map(([what, validate], index) => ({
      name: `Kyverno, in its own language, by way ${index + 1}`,
      objects: [...shop, engineWebhook(), enforcingRule(validate)],
      evidence: [{ path: "spec.validationFailureAction", message: `Kyverno policy no-root refuses pods with ${what}.` }],
    })),
    { name: "Kyverno enforces", objects: [...shop, enforcing("Enforce"), engineWebhook()] },
    {
      name: "Kyverno enforces in some namespaces",
      objects: [...shop, engineWebhook(), enforcing("Audit", { validationFailureActionOverrides: [{ action: "Enforce", namespaces: ["shop"] }] })],
    },
    {
      name: "Kyverno, by one of several patterns",
      objects: [
        ...shop,
        engineWebhook(),
        enforcingRule({
          anyPattern: [
            { spec: { securityContext: { runAsNonRoot: true }, "=(initContainers)": OR_NOT, containers: OR_NOT } },
            { spec: { "=(initContainers)": [{ securityContext: { runAsNonRoot: true } }], containers: [{ securityContext: { runAsNonRoot: true } }] } },
          ],
        }),
      ],
    },
  ],
  unknown: [
    {
      name: "Kyverno, by CEL in a rule that fails on some pods, which are then let through",
      objects: [...shop, engineWebhook(), enforcingRule({ cel: { expressions: [{ expression: NO_PRIVILEGED }] } }, { failurePolicy: "Ignore" })],
      reason: "Kyverno policy no-root would refuse what violates it, but it lets through pods that its expressions fail on.",
    },
    {
      name: "Kyverno, in its own language",
      objects: [...shop, engineWebhook(), enforcingRule({ deny: { conditions: { any: [HOST_FILES_MOUNTED] } } })],
      reason: `Kyverno policy no-root would refuse what violates it, but what it asks cannot be evaluated here: ${HOST_FILES_MOUNTED.key} GreaterThan 0.`,
    },
    {
      name: "Kyverno, by what is looked up for each item",
      objects: [...shop, engineWebhook(), enforcingRule({ foreach: [{ list: "request.object.spec.volumes", context: [], ...ofItem("hostPath") }] })],
    },
    ...[
      [{}, "it also asks what whoever writes a pod can choose"],
      [{ failurePolicy: "Ignore" }, "what it asks cannot be evaluated here"],
    ].map(([spec, doubt]) => ({
      name: `Kyverno, by a pattern with a condition on a name: ${doubt}`,
      objects: [...shop, engineWebhook(), enforcingRule({ pattern: ROOT_BY_NAME }, spec as object)],
      reason: `Kyverno policy no-root would refuse what violates it, but ${doubt}.`,
    })),
  ],
} satisfies ControlCases;

/** What psa-enforce-missing says of them. */
export const RULES_ON_TAKEOVERS = {
  fails: [
    ...["Privileged Containers", "Host Namespaces", "HostPath Volumes"].map((controlName) => ({
      name: `a policy that leaves ${controlName} out of what it asks`,
      objects: [...askedOfKyverno, kyverno({}, { validate: { podSecurity: { level: "baseline", exclude: [{ controlName, images: ["*"] }] } } })],
    })),
    {
      name: "a policy of Kyverno that keeps out privileged containers alone, whatever it is called",
      objects: [...askedOfKyverno, byPatterns("disallow-privileged-containers", [PATTERNS.privileged])],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "No level is enforced; the built-in default is privileged. ClusterPolicy disallow-privileged-containers lets through pods with the host's namespaces and files of the host.",
        },
      ],
    },
    {
      name: "a policy of Kyverno that is called so, and asks for a label",
      objects: [...askedOfKyverno, byPatterns("disallow-privileged-containers", [{ metadata: { labels: { team: "?*" } } }])],
      evidence: [{ path: `metadata.labels["${ENFORCE}"]`, message: "No level is enforced; the built-in default is privileged." }],
    },
    {
      name: "a policy of Kyverno by patterns that leaves the namespace out",
      objects: [...askedOfKyverno, withExclusion({ namespaces: ["shop"] })],
    },
    { name: "a policy of Kyverno by patterns, of another namespace", objects: [...askedOfKyverno, ofNamespace("till")] },
    {
      name: "a policy of Kyverno by patterns that is not ready",
      objects: [...askedOfKyverno, { ...byPatterns("guard", Object.values(PATTERNS)), status: { ready: false } }],
    },
    { name: "a policy of Kyverno by patterns that no webhook asks", objects: [open, needsBaseline, byPatterns("guard", Object.values(PATTERNS))] },
    {
      name: "a policy of Kyverno of which one rule alone applies, and a label is what that asks for",
      objects: [...askedOfKyverno, applyingOne({})],
    },
    {
      name: "a policy of Kyverno of which one rule alone applies, and that is not the one about levels",
      objects: [
        ...askedOfKyverno,
        kyverno({
          applyRules: "One",
          rules: [{ name: "labels" }, { name: "level" }].map(({ name }) => ({
            name,
            ...OF_PODS,
            validate: name === "level" ? { podSecurity: { level: "baseline" } } : { pattern: { metadata: { labels: { team: "?*" } } } },
          })),
        }),
      ],
    },
    { name: "three policies of Kyverno that only audit", objects: [...askedOfKyverno, ...bundle("Audit")] },
    {
      name: "three policies of Kyverno, of which one only audits",
      objects: [...askedOfKyverno, ...bundle().slice(1), ...bundle("Audit").slice(0, 1)],
    },
  ],
  passes: [
    ...[withExclusion({}, ADMINS), kyverno({}, { exclude: { any: [ADMINS] } })].map((policy) => ({
      name: `a policy of Kyverno that leaves out what administrators make: ${policy.metadata.name}`,
      objects: [open, engineWebhook("kyverno"), policy],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message: `ClusterPolicy ${policy.metadata.name} refuses pods here that take over a node. Who makes a pod has a say: whom a policy leaves out by name may make any.${policy.metadata.name === "guard" ? " Containers that are added to a running pod are not seen." : ""}`,
        },
      ],
    })),
    {
      name: "three policies of Kyverno by patterns, with an exception for another namespace",
      objects: [open, ...bundle(), ...running("true"), exception({ namespaces: ["till"] }, { exceptions: [{ policyName: "*", ruleNames: ["*"] }] })],
      target: TARGET,
    },
    { name: "a policy of Kyverno by patterns, of the namespace itself", objects: [open, engineWebhook("kyverno"), ofNamespace("shop")] },
    {
      name: "a policy of Kyverno of which one rule alone applies, and those before it are for other namespaces",
      objects: [open, engineWebhook("kyverno"), applyingOne({ match: { any: [{ resources: { kinds: ["Pod"], namespaces: ["till"] } }] } })],
    },
    {
      name: "a policy of Kyverno of which one rule alone applies, and that holds pods to a level",
      objects: [open, engineWebhook("kyverno"), kyverno({ applyRules: "One" })],
    },
    { name: "three policies of Kyverno by patterns", objects: [open, engineWebhook("kyverno"), ...bundle()] },
    { name: "a policy of Kyverno with three patterns", objects: [open, engineWebhook("kyverno"), byPatterns("guard", Object.values(PATTERNS))] },
    {
      name: "a policy of Kyverno that leaves a control out that takes over nothing",
      objects: [open, engineWebhook("kyverno"), kyverno({}, { validate: { podSecurity: { level: "baseline", exclude: [{ controlName: "Sysctls" }] } } })],
    },
  ],
  unknown: [
    {
      name: "three policies of Kyverno by patterns, with an exception for some pods",
      objects: [open, needsBaseline, ...bundle(), ...running("true"), exception({ names: ["old-*"] }, { exceptions: [{ policyName: "*", ruleNames: ["*"] }] })],
      target: TARGET,
      reason:
        "ClusterPolicy privileged, hostNamespaces and hostFiles may refuse pods here that take over a node, but PolicyException shop/legacy takes some of them out of it.",
    },
    {
      name: "a policy of Kyverno of which one rule alone applies, and the first is for some pods",
      objects: [
        open,
        needsBaseline,
        engineWebhook("kyverno"),
        applyingOne({ match: { any: [{ resources: { kinds: ["Pod"], selector: { matchLabels: { old: "yes" } } } }] } }),
      ],
      target: TARGET,
      reason: "ClusterPolicy guard may refuse pods here that take over a node, but conditions, labels, names or people choose what it sees.",
    },
    {
      name: "a policy of Kyverno by patterns that leaves out what bears a label",
      objects: [open, needsBaseline, engineWebhook("kyverno"), withExclusion({ selector: { matchLabels: { old: "yes" } } })],
      target: TARGET,
      reason: "ClusterPolicy guard may refuse pods here that take over a node, but conditions, labels, names or people choose what it sees.",
    },
  ],
} satisfies ControlCases;
