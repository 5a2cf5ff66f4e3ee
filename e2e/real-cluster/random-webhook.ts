import type { Answer } from "@/lib/inventory/admission/match-condition";
import type { PolicyNamespace } from "@/lib/inventory/admission/policy-namespace";
import { choosesObjects, coversResource, seesChangesIn, seesNamespace, seesNewPods, type Webhook } from "@/lib/inventory/admission/security-webhook";
import { fc } from "@/lib/model/testing-properties";
import { manifest, type Manifest } from "../world/manifest";
import { listPathOf, objectPathOf } from "./object-path";
import { matchPolicy, mostly, namespaceSelector, objectSelector, rule, written } from "./random-admission";

/** Nobody answers there: the API server refuses whatever it would ask such a webhook about. */
const UNANSWERED = {
  clientConfig: { url: "https://127.0.0.1:1/" },
  failurePolicy: "Fail",
  sideEffects: "None",
  admissionReviewVersions: ["v1"],
};

export const randomHook = fc.record({
  rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
  namespaceSelector,
  objectSelector,
  matchPolicy,
  matchConditions: mostly<readonly object[] | undefined>(
    undefined,
    [{ name: "when", expression: "request.operation in ['CREATE', 'UPDATE']" }],
    [{ name: "when", expression: "request.namespace == 'asked-dev'" }],
    [{ name: "when", expression: "request.operation != 'UPDATE'" }],
    [{ name: "when", expression: "oldObject == null" }],
    [{ name: "when", expression: "request.operation == 'CREATE' || request.namespace == 'asked-dev'" }],
    [{ name: "when", expression: "request.operation == 'CREATE' || request.namespace != 'asked-dev'" }],
    [{ name: "when", expression: "request.operation == 'CREATE' || object.metadata.name == 'there'" }],
    [
      { name: "when", expression: "request.operation == 'CREATE' || request.namespace.startsWith('asked-p')" },
      { name: "where", expression: "request.namespace != 'asked-prod'" },
    ],
  ),
});

export const podIn = (namespace: string, name: string): Manifest =>
  manifest("v1", "Pod", namespace, name, { spec: { automountServiceAccountToken: false, containers: [{ name: "app", image: "registry.example.com/app:1" }] } });

/** Of new objects in a namespace: conditions and labels may choose. */
const seesNew = (hook: Webhook, place: PolicyNamespace, isForThese: boolean): Answer =>
  isForThese && seesNamespace(hook, place) && (choosesObjects(hook, place) ? null : true);

/** One request, and whether the product says that a webhook sees it; null = it is not told. */
export interface Question {
  readonly what: string;
  readonly isSeen: (hook: Webhook, place: PolicyNamespace) => Answer;
  readonly method: "POST" | "PATCH";
  readonly path: string;
  readonly body: Manifest;
}

export function questionsIn(namespace: string): readonly Question[] {
  const [pod, secret, there] = [podIn(namespace, "new"), manifest("v1", "Secret", namespace, "new"), objectPathOf(podIn(namespace, "there"))];
  const debug = { spec: { ephemeralContainers: [{ name: "debug", image: "registry.example.com/debug:1" }] } };
  const change = { metadata: { annotations: { changed: "yes" } } };
  return [
    { what: "a new pod", isSeen: (hook, place) => seesNew(hook, place, seesNewPods(hook)), method: "POST", path: listPathOf(pod), body: pod },
    { what: "an update of a pod", isSeen: (hook, place) => seesChangesIn(hook, "pods", place), method: "PATCH", path: there, body: change },
    {
      what: "a debug container",
      isSeen: (hook, place) => seesChangesIn(hook, "pods/ephemeralcontainers", place),
      method: "PATCH",
      path: `${there}/ephemeralcontainers`,
      body: debug,
    },
    {
      what: "a new Secret",
      isSeen: (hook, place) => seesNew(hook, place, coversResource(hook, "secrets", "CREATE")),
      method: "POST",
      path: listPathOf(secret),
      body: secret,
    },
  ];
}

/** A random webhook, and one that is asked about a ConfigMap of the configuration's own name: the server knows all webhooks of an object at once. */
export function toConfiguration(name: string, random: object): Manifest {
  const sentinel = {
    ...UNANSWERED,
    name: "sentinel.example.com",
    rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps"] }],
    matchConditions: [{ name: "sentinel", expression: `object.metadata.name == '${name}'` }],
  };
  const webhooks = [{ ...UNANSWERED, ...random, name: "guard.example.com" }, sentinel];
  return written(manifest("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", null, name, { webhooks }));
}
