import { record, records, text } from "../model/json";
import type { KubeObject } from "./kube-object";

/** The names by which a constraint means the webhook that the API server asks; others are audits and tests of files. */
const ASKED_POINTS: ReadonlySet<unknown> = new Set(["*", "validation.gatekeeper.sh"]);

/** Why a constraint of Gatekeeper refuses nothing when the API server asks, as part of a sentence; null = it refuses. */
export function whyConstraintOnlyReports({ body }: Pick<KubeObject, "body">): string | null {
  const spec = record(body.spec);
  const action = text(spec.enforcementAction) ?? "deny";
  const denies =
    action === "deny" ||
    (action === "scoped" &&
      records(spec.scopedEnforcementActions).some(
        (scoped) => scoped.action === "deny" && records(scoped.enforcementPoints).some(({ name }) => ASKED_POINTS.has(name)),
      ));
  return denies ? null : `it only reports (${action})`;
}
