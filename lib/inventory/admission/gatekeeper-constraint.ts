import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import { allowsAll } from "./allows-all";
import type { KubeObject } from "../kube-object";
import { isEmptySelector, matchesSelector } from "../labels/label-selector";
import { matchesSome } from "../values/matches-glob";
import type { PolicyNamespace } from "./policy-namespace";

/** The names by which a constraint means the webhook that the API server asks; others are audits and tests of files. */
const ASKED_POINTS: ReadonlySet<unknown> = new Set(["*", "validation.gatekeeper.sh"]);

function deniesAt({ scopedEnforcementActions }: JsonRecord, points: ReadonlySet<unknown>): boolean {
  return records(scopedEnforcementActions).some(
    ({ action, enforcementPoints }) => action === "deny" && records(enforcementPoints).some(({ name }) => points.has(name)),
  );
}

/** The name by which one means the API server itself, for which Gatekeeper then writes a policy. */
const WRITTEN_POINT: ReadonlySet<unknown> = new Set(["vap.k8s.io"]);

/** Whether the API server alone is to judge a constraint, by a policy that Gatekeeper writes, which takes it as a parameter. */
export function isLeftToApiServer({ body }: Pick<KubeObject, "body">): boolean {
  const spec = record(body.spec);
  return spec.enforcementAction === "scoped" && deniesAt(spec, WRITTEN_POINT) && !deniesAt(spec, ASKED_POINTS);
}

/** Why a constraint of Gatekeeper refuses nothing when the API server asks, as part of a sentence; null = it refuses. */
export function whyConstraintOnlyReports({ ref, body }: Pick<KubeObject, "ref" | "body">): string | null {
  const spec = record(body.spec);
  const action = text(spec.enforcementAction) ?? "deny";
  if (action !== "deny" && !(action === "scoped" && deniesAt(spec, ASKED_POINTS))) return `it only reports (${action})`;
  const { exemptImages, excludedImages } = record(spec.parameters);
  if ([exemptImages, excludedImages].some((images) => texts(images).includes("*"))) return "it leaves out all images";
  if (allowsAll({ ref, body })) return "its parameters allow everything";
  // A Gatekeeper that could not take it in leaves the field out.
  const pods = records(record(body.status).byPod);
  return pods.length > 0 && pods.every(({ enforced }) => enforced !== true) ? "its status says that no Gatekeeper enforces it" : null;
}

export function isConstraint({ ref }: Pick<KubeObject, "ref">): boolean {
  return apiGroup(ref) === "constraints.gatekeeper.sh";
}

/** Not a constraint, but what Gatekeeper leaves out of all of them. */
export function isGatekeeperConfig({ ref }: Pick<KubeObject, "ref">): boolean {
  return ref.kind === "Config";
}

function matchOf({ body }: Pick<KubeObject, "body">): JsonRecord {
  return record(record(body.spec).match);
}

function namesPods({ apiGroups, kinds }: JsonRecord): boolean {
  const covers = (values: readonly string[], wanted: string) => values.length === 0 || values.includes("*") || values.includes(wanted);
  return covers(texts(apiGroups), "") && covers(texts(kinds), "Pod");
}

/** Whether a constraint is about pods, or what is made from templates of others alone. */
export function constraintMeansPods(constraint: Pick<KubeObject, "body">): boolean {
  const { kinds, source, scope } = matchOf(constraint);
  return source !== "Generated" && scope !== "Cluster" && (list(kinds).length === 0 || records(kinds).some(namesPods));
}

/** Whether it is about nothing else than pods. */
export function constraintMeansPodsAlone(constraint: Pick<KubeObject, "body">): boolean {
  const kinds = records(matchOf(constraint).kinds).flatMap((item) => texts(item.kinds));
  return kinds.length > 0 && kinds.every((kind) => kind === "Pod");
}

/** Its globs have stars at their ends alone, and a name that is empty means any. */
const EVERY_NAME = /^\*{0,2}$/;

/** Whether labels or names choose which objects a constraint is about. */
export function constraintChooses(constraint: Pick<KubeObject, "body">): boolean {
  const { labelSelector, name } = matchOf(constraint);
  return !EVERY_NAME.test(text(name) ?? "") || (isRecord(labelSelector) && !isEmptySelector(labelSelector));
}

export function constraintSeesNamespace(constraint: Pick<KubeObject, "body">, { name, labels }: PolicyNamespace): boolean {
  const { namespaces, excludedNamespaces, namespaceSelector } = matchOf(constraint);
  return (
    (list(namespaces).length === 0 || matchesSome(texts(namespaces), name)) &&
    !matchesSome(texts(excludedNamespaces), name) &&
    matchesSelector(namespaceSelector, labels)
  );
}
