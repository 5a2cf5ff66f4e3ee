import { configMap, deployment } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { describeControl } from "../testing";
import { kyvernoPolicy, NO_HOST_FILES, NO_HOST_NAMESPACES } from "../admission/testing-native-policies";
import { controller, gatekeeper, kyverno, running, wholeNamespace } from "../testing-pod-security-guards";
import { askedOfGatekeeper, askedOfKyverno, needsBaseline, open, TARGET } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

const settings = (data: JsonRecord) => configMap({ name: "kyverno", namespace: "kyverno", data });
const metrics = configMap({ name: "kyverno-metrics", namespace: "kyverno", data: { bucketBoundaries: "0.1, 1" } });
/** Kyverno, with settings, asked as its webhooks say. */
const under = (data: JsonRecord) => [...askedOfKyverno, controller, kyverno({}), settings(data)];
/** The same before it has written its webhooks, as manifests show it. */
const before = (data: JsonRecord) => [open, needsBaseline, controller, kyverno({}), settings(data), metrics];
const selecting = (operator: string) => ({ namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator, values: ["shop"] }] } });
const condition = (expression: string) => JSON.stringify([{ name: "some", expression }]);
/** A policy that fails on pods without what it asks for. */
const FAILING = ["(object.spec.containers + object.spec.initContainers).all(c, c.securityContext.privileged == false)", NO_HOST_NAMESPACES, NO_HOST_FILES];
const failing = kyvernoPolicy(FAILING);
const failingRule = kyverno({}, { validate: { cel: { expressions: FAILING.map((expression) => ({ expression })) } } });
const startedWith = (...args: string[]) => running("false", "a", args);
/** Kyverno that is told by its environment which ConfigMap to read, beside one that leaves every pod out. */
const reading = (env: JsonRecord) => [
  ...askedOfKyverno,
  deployment({ name: "policy", namespace: "kyverno", container: { image: "ghcr.io/kyverno/kyverno:v1.17.1", env: [env] } }),
  kyverno({}),
  configMap({ name: "other", namespace: "kyverno", data: { resourceFilters: "[Pod,*,*]" } }),
];
const config = (name: string) => ({
  apiVersion: "config.gatekeeper.sh/v1alpha1",
  kind: "Config",
  metadata: { name, namespace: "gatekeeper-system" },
  spec: { match: [{ processes: ["*"], excludedNamespaces: ["sh*"] }] },
});

/** What engines leave out by their own settings. */
describeControl(control, {
  fails: [
    ...[{ excludeGroups: "system:nodes, system:authenticated" }, { excludeUsernames: "*,!admin" }].map((data) => ({
      name: `Kyverno with ${JSON.stringify(data)}`,
      objects: under(data),
      target: TARGET,
    })),
    ...[
      { webhooks: JSON.stringify(selecting("NotIn")) },
      { webhooks: JSON.stringify([selecting("NotIn"), {}]) },
      { matchConditions: condition("request.namespace != 'shop'") },
    ].map((data) => ({ name: `Kyverno, which will write webhooks by ${JSON.stringify(data)}`, objects: before(data), target: TARGET })),
    { name: "the ConfigMap that Kyverno is told to read", objects: reading({ name: "INIT_CONFIG", value: "other" }), target: TARGET },
    {
      name: "any that may be the one that Kyverno is told to read",
      objects: reading({ name: "INIT_CONFIG", valueFrom: { fieldRef: { fieldPath: "metadata.labels['config']" } } }),
      target: TARGET,
    },
    { name: "the Config that Gatekeeper heeds", objects: [...askedOfGatekeeper, ...gatekeeper(wholeNamespace), config("config")], target: TARGET },
  ],
  passes: [
    ...[
      { excludeGroups: "system:nodes" },
      { excludeGroups: "system:serviceaccounts:*,!system:serviceaccounts:shop,!system:serviceaccounts:kube-system" },
      { excludeUsernames: "!alice,admin" },
      { resourceFilters: "[Pod,other,debug-*] [Pod/exec,shop,debug-*]" },
      { excludeClusterRoles: "cluster-admin,*edit*,!edit" },
      { resourceFilters: "[Pod, *, *] [ Pod,*,*] [Pod] [Pod,shop,*,*]" },
      // Pods without a name: what is validated has one.
      { resourceFilters: "[Pod,shop] [*,sh*,]" },
      { excludeRoles: "other:*,shop:deployer" },
      // What its webhooks choose says the API server.
      { webhooks: JSON.stringify(selecting("NotIn")) },
    ].map((data) => ({ name: `Kyverno with ${JSON.stringify(data)}`, objects: under(data), target: TARGET })),
    ...[{ webhooks: JSON.stringify(selecting("In")) }, { webhooks: "[{" }, { webhooks: "[]", matchConditions: "none" }].map((data) => ({
      name: `Kyverno, which will write webhooks by ${JSON.stringify(data)}`,
      objects: before(data),
      target: TARGET,
    })),
    ...[failing, failingRule].map((policy) => ({
      name: `a policy that fails, which refuses: ${policy.kind}`,
      objects: [...askedOfKyverno, ...startedWith("--forceFailurePolicyIgnore=false"), policy],
      target: TARGET,
    })),
    { name: "a ConfigMap that Kyverno does not read", objects: reading({ name: "OTHER", value: "other" }), target: TARGET },
    { name: "a Config that Gatekeeper does not heed", objects: [...askedOfGatekeeper, ...gatekeeper(wholeNamespace), config("other")], target: TARGET },
  ],
  unknown: [
    ...[
      { excludeGroups: "system:serviceaccounts" },
      { excludeGroups: "system:serviceaccounts:shop" },
      { excludeUsernames: "system:serviceaccount:kube-system:*-controller" },
      { excludeClusterRoles: "ed*" },
      { excludeRoles: "admin:a,sh*:*" },
      { excludeRoles: "*" },
    ].map((data) => ({
      name: `Kyverno with ${JSON.stringify(data)}`,
      objects: under(data),
      target: TARGET,
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but the settings of Kyverno leave out some of those who make pods.",
    })),
    {
      name: "Kyverno with a filter that leaves out pods by their names",
      objects: under({ resourceFilters: "[Pod,sh*,debug-*]" }),
      target: TARGET,
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but the settings of Kyverno leave out pods by their names.",
    },
    ...[failing, failingRule].map((policy) => ({
      name: `a policy that fails, where a flag has Kyverno ignore that: ${policy.kind}`,
      objects: [...askedOfKyverno, ...startedWith("--forceFailurePolicyIgnore=true"), policy],
      target: TARGET,
      reason: `${policy.kind} ${Object(policy.metadata).name} may refuse pods here that take over a node, but it lets through pods that its expressions fail on.`,
    })),
    {
      name: "Kyverno, which will write webhooks for chosen objects",
      objects: before({ webhooks: JSON.stringify({ objectSelector: { matchLabels: { checked: "yes" } } }) }),
      target: TARGET,
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but Kyverno is asked about chosen objects only.",
    },
  ],
});
