import { isRecord, list, record, text } from "../../model/json";
import { defineControl, type Weakness, weakness } from "../define";

export default defineControl({
  id: "ingress-wildcard-host",
  layer: "code",
  severity: "low",
  title: "Ingress rules name their host",
  failure: "answers for any host",
  why: "A rule with no host or a wildcard, or a default backend without rules, receives requests for names that nobody has thought of, those of another tenant among them.",
  action: "Name the hosts of Ingresses",
  fix: "Name each host in a rule of its own.",
  verify:
    'kubectl get ingress -A -o json | jq -r \'.items[] | [.metadata.namespace, .metadata.name, ([.spec.rules[]? | .host // "any host"] | join(",")), (if .spec.defaultBackend then "default backend" else "" end)] | select(.[2] | test("^$|any host|[*]")) | @tsv\'',
  lookFor: "`any host`, a host with a star, or a default backend without hosts before it. Ingresses that only name hosts are left out.",
  tips: ["S2"],
  frameworks: { mitre: ["T1557"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards"],
  subject: "ingress",
  reads: [],
  check: (ingress) => {
    const spec = record(ingress.body.spec);
    const rules = list(spec.rules);
    // Beside rules that name hosts, controllers differ in what the default backend gets: some only the other paths of these hosts.
    const backend = rules.length > 0 ? undefined : ["defaultBackend", "backend"].find((field) => isRecord(spec[field]));
    if (backend !== undefined) return [weakness(`spec.${backend}`, spec[backend], "Without rules, the default backend answers for every name.")];
    return rules.flatMap((item, index): Weakness[] => {
      const host = text(record(item).host) ?? "";
      if (host !== "" && !host.startsWith("*")) return [];
      return [
        weakness(
          `spec.rules[${index}].host`,
          host || undefined,
          host.startsWith("*.") ? `The rule answers for every name under ${host.slice(2)}.` : "The rule answers for every name.",
        ),
      ];
    });
  },
  remedy: null,
});
