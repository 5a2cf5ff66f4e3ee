import { type JsonRecord, list, record, records } from "../../model/json";
import { isRuleFor, type Operation } from "./admission-rule";
import type { KubeObject } from "../kube-object";
import { expressionsOf, holdsForAll } from "./match-condition";
import type { PolicyNamespace } from "./policy-namespace";

/** One policy of any engine, and whether it can refuse anything. */
export interface AdmissionPolicy {
  readonly object: KubeObject;
  /** Where `path` and `value` are, if not in the policy: the binding that says what becomes of it. */
  readonly source?: KubeObject;
  readonly engine: "Kyverno" | "Gatekeeper" | "ValidatingAdmissionPolicy" | "Sigstore policy-controller";
  readonly path: string;
  readonly value: unknown;
  /** null = it refuses; else why it does not. */
  readonly laxBecause: string | null;
  /** Why it may refuse nothing, although it looks as if it did; null = nothing of that kind. */
  readonly unsureBecause: string | null;
  /** That hangs on what was not read, so that it may refuse nothing at all; left out = it refuses what it sees. */
  readonly isUntold?: boolean;
  /** What it lets through all the same; null = nothing that is known. */
  readonly spares: string | null;
  /** It refuses what it can judge, and lets through what it cannot. */
  readonly failsOpen: boolean;
  /** Whether it refuses pods in a namespace; left out = it does so everywhere. */
  readonly seesNamespace?: (namespace: PolicyNamespace) => boolean;
  /** Why it may refuse or may not in namespaces that it does not surely see; left out = it refuses nothing there. */
  readonly unsureElsewhere?: string | null;
  /** It looks at pods: who sees what makes them alone lets one in that is made by itself. */
  readonly seesPods: boolean;
  /** Of one that refuses: the rules of it that only audit, each with the field that says so. */
  readonly auditing?: readonly { readonly rule: string; readonly path: string; readonly value: unknown }[];
  /** It asks who signed the images, which says nothing of how they run. */
  readonly isOfSignatures?: boolean;
  /** It looks at pods as they are made alone: their images may be changed afterwards. */
  readonly missesChanges?: boolean;
  /** Nothing has it look at containers that are added to a running pod. */
  readonly missesAdded?: boolean;
}

/** Whether rules of admission mean every pod that is made or changed, whatever its name. What they leave out is left to mean any. */
export function meansPods(rules: readonly JsonRecord[], operation: Operation = "CREATE"): boolean {
  return rules.some((rule) => isRuleFor(rule, "pods", operation) && list(rule.resourceNames).length === 0);
}

/** Whether rules to leave out what others mean leave out all pods. */
export function excludesPods({ excludeResourceRules }: JsonRecord, operation: Operation = "CREATE"): boolean {
  return meansPods(records(excludeResourceRules), operation);
}

/** A selector that chooses: an empty one means everything. */
export function isChoosing(selector: unknown): boolean {
  return Object.keys(record(record(selector).matchLabels)).length > 0 || list(record(selector).matchExpressions).length > 0;
}

export const CHOSEN_BY_CONDITIONS = "conditions in CEL choose what it sees";

/** Why a policy that denies what it sees may still refuse nothing, as part of a sentence; null = nothing of that kind. */
export function doubtOfScopes(policy: JsonRecord, scopes: readonly JsonRecord[]): string | null {
  // The API server shows conditions no namespace.
  const holds = (expression: string): boolean => !expression.includes("namespaceObject") && holdsForAll(expression);
  if (!expressionsOf(policy.matchConditions).every(holds)) return CHOSEN_BY_CONDITIONS;
  if (scopes.some((scope) => isChoosing(scope.objectSelector))) return "labels on each object decide whether it is seen";
  return scopes.some((scope) => records(scope.excludeResourceRules).some((rule) => isRuleFor(rule, "pods", "CREATE")))
    ? "it leaves out what it names itself"
    : null;
}

/** `Kyverno policy baseline`; a kind that is called a policy says so itself. */
export function nameOf({ engine, object }: Pick<AdmissionPolicy, "engine" | "object">): string {
  return `${engine}${engine.endsWith("Policy") ? "" : " policy"} ${object.ref.name}`;
}
