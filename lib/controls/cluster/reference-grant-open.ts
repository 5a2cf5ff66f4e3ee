import { record, records, text } from "../../model/json";
import { defineControl, notApplicable, safe, type Weakness, weakness } from "../define";

export default defineControl({
  id: "reference-grant-open",
  layer: "cluster",
  severity: "medium",
  title: "ReferenceGrants name the objects that others may refer to",
  failure: "has a ReferenceGrant that opens every Secret or Service of a namespace",
  why: "A ReferenceGrant without a name lets another namespace use every certificate, or send traffic to every Service, of this one, including those made later.",
  action: "Name the objects in ReferenceGrants",
  fix: "Add `to[].name` to the grant, one entry per object.",
  verify: "kubectl get referencegrants -A -o custom-columns='NAMESPACE:.metadata.namespace,NAME:.metadata.name,FROM:.spec.from[*].namespace,TO:.spec.to'",
  lookFor: "An entry under TO with a `kind` and no `name`: every object of that kind.",
  tips: ["S2"],
  frameworks: { nsa: ["NS", "NP"], mitre: ["T1557"], owasp: ["K05"] },
  references: ["https://gateway-api.sigs.k8s.io/reference/api-types/referencegrant/"],
  subject: "cluster",
  reads: ["gateways"],
  wholeCluster: "pass",
  check: (_cluster, { slices, isComplete }) => {
    const grants = slices.gateways.filter((object) => object.ref.kind === "ReferenceGrant");
    if (grants.length === 0) return isComplete ? safe("No ReferenceGrant exists.") : notApplicable("These manifests hold no ReferenceGrant.");
    return grants.flatMap((grant) => {
      const from = records(record(grant.body.spec).from)
        .map((item) => text(item.namespace))
        .join(", ");
      return records(record(grant.body.spec).to).flatMap((item, index): Weakness[] => {
        const kind = text(item.kind) ?? "";
        if ((kind !== "Secret" && kind !== "Service") || text(item.name)) return [];
        return [
          weakness(`spec.to[${index}].name`, undefined, `${grant.ref.namespace}/${grant.ref.name} lets ${from} refer to every ${kind} of its namespace.`, {
            object: grant.ref,
          }),
        ];
      });
    });
  },
  remedy: null,
});
