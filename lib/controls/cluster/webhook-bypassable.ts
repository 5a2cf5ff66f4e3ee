import { describeIdentity } from "../../graph/rbac/identity";
import type { Principal } from "../../graph/rbac/principal";
import { principalsView } from "../../graph/rbac/principals";
import {
  type Changed,
  conditionsOf,
  coversResource,
  isSecurityWebhook,
  keepsIgnoreLabel,
  listWebhooks,
  whyNoGuard,
  rulesOf,
  seesNewPods,
  type Webhook,
  type WebhookRule,
} from "../../inventory/admission/security-webhook";
import { NAME_OF_TRIAL, namedIn } from "../../inventory/admission/exemplary-requests";
import { allHoldIn, type Answer } from "../../inventory/admission/match-condition";
import { type PolicyNamespace, placeOf } from "../../inventory/admission/policy-namespace";
import { matchesSelector } from "../../inventory/labels/label-selector";
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

/** A namespace that a webhook may be asked about; null labels = it is made up, and may have any beside its name. */
interface Place {
  readonly name: string;
  readonly labels: PolicyNamespace["labels"] | null;
}

/** The namespaces of the cluster, one that nobody has named, and where they are not all known, those that conditions name. */
const placesView = defineView({
  reads: ["namespaces"],
  compute: ({ slices, isRead, isComplete }): ((hook: Webhook) => readonly Place[]) => {
    const known = new Map(slices.namespaces.map((item) => [item.ref.name, placeOf(item)]));
    const isKnown = isComplete && isRead("namespaces");
    return (hook) => {
      const named = isKnown ? [] : conditionsOf(hook).flatMap((expression) => [...namedIn(expression)]);
      const madeUp = [...new Set([NAME_OF_TRIAL, ...named])].filter((name) => !known.has(name)).map((name) => ({ name, labels: null }));
      return [...known.values(), ...madeUp];
    };
  },
});

/** Whether a selector may choose a namespace of a name, whatever else its labels are. */
function mayChoose(selector: unknown, name: string): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  const wanted = record(matchLabels)[NAME_LABEL];
  const ofName = {
    ...(wanted !== undefined && { matchLabels: { [NAME_LABEL]: wanted } }),
    matchExpressions: records(matchExpressions).filter(({ key }) => key === NAME_LABEL),
  };
  return matchesSelector(ofName, { [NAME_LABEL]: name });
}

/** A namespace in which a webhook may see new pods, and what its conditions say of them there, and of their changes. */
interface Chosen {
  readonly place: Place;
  readonly made: Answer;
  readonly changed: Answer;
}

/** All of them, looked for once for each webhook: there may be thousands. */
function placesChosen(hook: Webhook, places: readonly Place[]): readonly Chosen[] {
  if (!seesNewPods(hook)) return [];
  const { namespaceSelector } = hook.spec;
  const conditions = conditionsOf(hook);
  const isChosen = ({ name, labels }: Place): boolean => (labels === null ? mayChoose(namespaceSelector, name) : matchesSelector(namespaceSelector, labels));
  return places.filter(isChosen).flatMap((place) => {
    const made = allHoldIn(conditions, place.name);
    return made === false ? [] : { place, made, changed: allHoldIn(conditions, place.name, "UPDATE") };
  });
}

/** Whether a webhook that sees new pods misses what becomes of them: everywhere, or in some namespaces, of which one is named that is there; null = it does not, or nobody can tell. */
function findMissed(hook: Webhook, resource: Changed, chosen: readonly Chosen[]): { readonly isEverywhere: boolean; readonly name: string | null } | null {
  if (!coversResource(hook, resource, "UPDATE")) return { isEverywhere: true, name: null };
  const missed = chosen.filter(({ changed }) => changed === false).map(({ place }) => place);
  if (missed.length === 0) return null;
  return { isEverywhere: !chosen.some(({ changed }) => changed === true), name: missed.find(({ labels }) => labels !== null)?.name ?? null };
}

function judge(hook: Webhook, relabeller: Principal | null, kept: ReadonlySet<string>, isForChangesAlone: boolean, chosen: readonly Chosen[]): Weakness[] {
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
    const addMissed = (resource: Changed, what: string): void => {
      const missed = findMissed(hook, resource, chosen);
      if (missed === null) return;
      const field = coversResource(hook, resource, "UPDATE") ? "matchConditions" : "rules";
      const where = missed.name === null ? "" : `, and not in ${missed.name}`;
      add(field, list(spec[field]), missed.isEverywhere ? `${what} are not seen.` : `${what} are seen in some namespaces alone${where}.`);
    };
    addMissed("pods", "updates");
    addMissed("pods/ephemeralcontainers", "containers that are added to a running pod");
  }
  if (isForChangesAlone) add("rules", list(spec.rules), "pods are seen as they are changed, and not as they are made.");
  if (hook.failsOpen && typeof spec.timeoutSeconds === "number" && spec.timeoutSeconds <= 1)
    add("timeoutSeconds", spec.timeoutSeconds, "an answer that takes longer than a second counts as yes.");
  return found;
}

/** Whether no condition keeps a webhook from pods, but for namespaces that it leaves out by their names; of other objects conditions are not evaluated. */
function seesAllPods(hook: Webhook, chosen: readonly Chosen[]): boolean {
  if (conditionsOf(hook).length === 0) return true;
  return chosen.length > 0 && chosen.every(({ made, changed }) => made === true && changed === true);
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
    const placesOf = context.view(placesView);
    const seeing = hooks.map((hook) => ({ hook, chosen: placesChosen(hook, placesOf(hook)) }));
    const found = seeing.flatMap(({ hook, chosen }) => judge(hook, relabeller, kept, isForChangesAlone(hook), chosen));
    const isOpen = !context.isComplete && relabeller === null && hooks.some((hook) => listNamespaceKeys(hook, kept).length > 0);
    if (found.length === 0 && !seeing.every(({ hook, chosen }) => seesAllPods(hook, chosen)))
      return unknown("Conditions in CEL choose what it sees, and not all of them can be evaluated.");
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
