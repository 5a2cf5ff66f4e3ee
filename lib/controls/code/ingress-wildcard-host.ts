import { list, record, text } from "../../model/json";
import { defineControl, type Weakness, weakness } from "../define";

export default defineControl({
  id: "ingress-wildcard-host",
  layer: "code",
  severity: "low",
  title: "Ingress rules name their host",
  failure: "answers for any host",
  why: "A rule without a host, or with a wildcard, takes requests for names that nobody has thought of, those of another tenant among them.",
  fix: "Name each host in its rule.",
  verify: "kubectl get ingress -A -o 'custom-columns=NS:.metadata.namespace,NAME:.metadata.name,HOSTS:.spec.rules[*].host'",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1557"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards"],
  subject: "ingress",
  reads: [],
  check: (ingress) =>
    list(record(ingress.body.spec).rules).flatMap((item, index): Weakness[] => {
      const host = text(record(item).host) ?? "";
      if (host !== "" && !host.startsWith("*")) return [];
      return [
        weakness(
          `spec.rules[${index}].host`,
          host || undefined,
          host.startsWith("*.") ? `The rule answers for every name under ${host.slice(2)}.` : "The rule answers for every name.",
        ),
      ];
    }),
  remedy: null,
});
