import { describeIdentity } from "../../graph/rbac/identity";
import type { Principal } from "../../graph/rbac/principal";
import { principalsView } from "../../graph/rbac/principals";
import {
  conditionsOf,
  coversResource,
  isSecurityWebhook,
  keepsIgnoreLabel,
  listWebhooks,
  whyNoGuard,
  rulesOf,
  seesChangesOf,
  seesNewPods,
  type Webhook,
  type WebhookRule,
} from "../../inventory/admission/security-webhook";
import { holdsForAll } from "../../inventory/admission/match-condition";
import { defineView } from "../../inventory/view";
import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";
import { set } from "../remedies/ops";
import namespaceWrite from "./rbac-namespace-write";

const NAME_LABEL = "kubernetes.io/metadata.name";

/** Conditions that whoever sets labels gets around: by setting one ("not this value", "not there"), or by leaving one away. */
function findConditions(selector: unknown): { readonly without: readonly string[]; readonly only: readonly string[] } {
  const expressions = records(record(selector).matchExpressions);
  const isExcluding = (item: JsonRecord) => item.operator === "NotIn" || item.operator === "DoesNotExist";
  const keys = (items: readonly JsonRecord[]) => items.map((item) => text(item.key) ?? "");
  return {
    without: keys(expressions.filter(isExcluding)),
    only: [...Object.keys(record(record(selector).matchLabels)), ...keys(expressions.filter((item) => !isExcluding(item)))],
  };
}

/** Somebody outside of the platform who may relabel namespaces, without being the administrator of everything. */
const relabellerView = defineView({
  reads: ["roles", "bindings", "namespaces"],
  compute: (context): Principal | null =>
    context.view(principalsView).find((principal) => {
      if (principal.scope === "platform") return false;
      const outcome = namespaceWrite.check(principal, context);
      return !("state" in outcome) && outcome.length > 0;
    }) ?? null,
});

/** Labels of namespaces that nobody sets who wants to get around a webhook: the name, and what Gatekeeper refuses on all but those that it is told to exempt. */
const keptLabelsView = defineView({
  reads: ["webhooks"],
  compute: ({ slices }): ReadonlySet<string> => {
    const isKept = slices.webhooks.flatMap(listWebhooks).some((hook) => keepsIgnoreLabel(hook) && !hook.failsOpen && coversResource(hook, "namespaces"));
    return new Set([NAME_LABEL, ...(isKept ? ["admission.gatekeeper.sh/ignore"] : [])]);
  },
});

/** Labels of a namespace that decide whether it is seen, and that may be changed. */
function listNamespaceKeys({ spec }: Webhook, kept: ReadonlySet<string>): readonly string[] {
  const { without, only } = findConditions(spec.namespaceSelector);
  return [...without, ...only].filter((key) => !kept.has(key));
}

/** A rule for every version sees each request as it comes. Nor is there another version to go through where the core group has one alone. */
function hasOtherVersions({ groups, versions }: WebhookRule): boolean {
  return !versions.includes("*") && !(versions.includes("v1") && groups.every((group) => group === ""));
}

/** The engines that some webhook asks about pods that are made. */
const askedOfNewPodsView = defineView({
  reads: ["webhooks"],
  compute: ({ slices }): ReadonlySet<string | null> => {
    const asking = slices.webhooks.flatMap(listWebhooks).filter((hook) => hook.mayRefuse && seesNewPods(hook));
    return new Set(asking.map(({ engine }) => engine));
  },
});

function judge(hook: Webhook, relabeller: Principal | null, kept: ReadonlySet<string>, isForChangesAlone: boolean): Weakness[] {
  const at = `webhooks[${hook.index}]`;
  const { spec, name } = hook;
  const found: Weakness[] = [];
  const add = (path: string, value: unknown, message: string) => found.push(weakness(`${at}.${path}`, value, `${name}: ${message}`, { on: name }));
  const own = findConditions(spec.objectSelector);
  if (own.without.length > 0)
    add("objectSelector", spec.objectSelector, `the label ${own.without.join(", ")} on an object takes it out, and its author sets it.`);
  else if (own.only.length > 0)
    add("objectSelector", spec.objectSelector, `an object without the label ${own.only.join(", ")} is not seen, and its author sets it.`);
  const ofNamespace = listNamespaceKeys(hook, kept);
  if (ofNamespace.length > 0 && relabeller)
    add(
      "namespaceSelector",
      spec.namespaceSelector,
      `${describeIdentity(relabeller.identity)} may change the label ${ofNamespace.join(", ")} of a namespace, which takes it out.`,
    );
  if (hook.isExact && rulesOf(hook).some(hasOtherVersions)) add("matchPolicy", spec.matchPolicy, "a request through another version of the API is not seen.");
  if (hook.mayRefuse && seesNewPods(hook)) {
    const addMissed = (resource: "pods" | "pods/ephemeralcontainers", message: string): void => {
      if (seesChangesOf(hook, resource)) return;
      const field = coversResource(hook, resource, "UPDATE") ? "matchConditions" : "rules";
      add(field, list(spec[field]), message);
    };
    addMissed("pods", "updates are not seen.");
    addMissed("pods/ephemeralcontainers", "containers that are added to a running pod are not seen.");
  }
  if (isForChangesAlone) add("rules", list(spec.rules), "pods are seen as they are changed, and not as they are made.");
  if (hook.failsOpen && typeof spec.timeoutSeconds === "number" && spec.timeoutSeconds <= 1)
    add("timeoutSeconds", spec.timeoutSeconds, "an answer that takes longer than a second counts as yes.");
  return found;
}

/** Whether no condition keeps a webhook from pods; of other objects conditions are not evaluated. */
function seesAllPods(hook: Webhook): boolean {
  const conditions = conditionsOf(hook);
  return conditions.length === 0 || (seesNewPods(hook) && conditions.every((item) => holdsForAll(item) && holdsForAll(item, "UPDATE")));
}

export default defineControl({
  id: "webhook-bypassable",
  layer: "cluster",
  severity: "medium",
  title: "Security webhooks see every object",
  failure: "can be bypassed",
  why: "A webhook that skips objects with a certain label, or does not see updates and debug containers, stops only those who do not know the way around.",
  action: "Let security webhooks see every object",
  fix: "Exclude namespaces by `kubernetes.io/metadata.name` only, use no `objectSelector` that excludes, and cover CREATE and UPDATE of pods and pods/ephemeralcontainers.",
  verify:
    'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o json | jq -r \'.items[] | .metadata.name as $n | .webhooks[]? | "\\($n) \\(.name) match=\\(.matchPolicy) failure=\\(.failurePolicy) timeout=\\(.timeoutSeconds)s objects=\\(.objectSelector | tojson) namespaces=\\(.namespaceSelector | tojson) conditions=\\([.matchConditions[]?.expression] | tojson) rules=\\([.rules[]? | (.operations | join("+")) + " " + (.resources | join("+")) + " " + (.apiVersions | join("+"))] | join("; "))"\'',
  lookFor:
    "A label after `objects=` or `namespaces=` that people may set themselves, a webhook for pods without CREATE, UPDATE or `pods/ephemeralcontainers` in its rules, or whose conditions leave these out, `match=Exact`, or `failure=Ignore` with `timeout=1s`.",
  tips: ["S4"],
  frameworks: { nsa: ["PE"], mitre: ["T1562.001"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/"],
  subject: "webhook",
  reads: ["webhooks", "roles", "bindings", "namespaces"],
  softReads: ["roles", "bindings", "namespaces"],
  check: (configuration, context) => {
    const all = listWebhooks(configuration);
    const hooks = all.filter(isSecurityWebhook);
    if (hooks.length === 0) return notApplicable(whyNoGuard(all));
    const relabeller = context.view(relabellerView);
    const kept = context.view(keptLabelsView);
    const askedOfNewPods = context.view(askedOfNewPodsView);
    const isForChangesAlone = (hook: Webhook): boolean => hook.mayRefuse && coversResource(hook, "pods", "UPDATE") && !askedOfNewPods.has(hook.engine);
    const found = hooks.flatMap((hook) => judge(hook, relabeller, kept, isForChangesAlone(hook)));
    const isOpen = !context.isComplete && relabeller === null && hooks.some((hook) => listNamespaceKeys(hook, kept).length > 0);
    if (found.length === 0 && !hooks.every(seesAllPods)) return unknown("Conditions in CEL choose what it sees, and not all of them can be evaluated.");
    return found.length === 0 && isOpen ? unknown("It chooses namespaces by a label, and who may change it is not among these manifests.") : found;
  },
  remedy: (_configuration, weaknesses) => {
    const isSimple = weaknesses.every(
      (item) => item.path.endsWith(".matchPolicy") || item.path.endsWith(".timeoutSeconds") || (item.path.endsWith(".objectSelector") && isRecord(item.value)),
    );
    if (!isSimple) return null;
    return {
      ops: weaknesses.map((item) =>
        item.path.endsWith(".matchPolicy") ? set(item.path, "Equivalent") : item.path.endsWith(".timeoutSeconds") ? set(item.path, 10) : set(item.path, {}),
      ),
      risk: "may-break",
      note: "Objects that were left out until now are judged: look at what would be refused first.",
    };
  },
});
