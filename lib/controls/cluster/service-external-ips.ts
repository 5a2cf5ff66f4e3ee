import { record, texts } from "../../model/json";
import { defineControl, weakness } from "../define";
import { remove } from "../remedies/ops";

export default defineControl({
  id: "service-external-ips",
  layer: "cluster",
  severity: "high",
  title: "Services claim no external addresses",
  failure: "claims external addresses",
  why: "Whoever may create a Service can claim any address with externalIPs, and then receives the traffic that others in the cluster send there (CVE-2020-8554). The field is deprecated since 1.36 and works until Kubernetes removes it.",
  action: "Remove external addresses from Services",
  fix: "Remove spec.externalIPs, use a load balancer instead, and switch on the admission plugin DenyServiceExternalIPs.",
  verify:
    "kubectl get svc -A -o json | jq -r '.items[] | select(.spec.externalIPs) | [.metadata.namespace, .metadata.name, (.spec.externalIPs | join(\",\"))] | @tsv'",
  lookFor: "Namespace, Service and the addresses that it claims. No output: no Service claims any.",
  tips: ["S2", "S1"],
  frameworks: { nsa: ["NP"], mitre: ["T1557"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#external-ips", "https://github.com/kubernetes/kubernetes/issues/97076"],
  aliases: ["cloud-service-external-ips"],
  subject: "service",
  reads: [],
  check: (service) =>
    texts(record(service.body.spec).externalIPs).map((address, i) => weakness(`spec.externalIPs[${i}]`, address, `It claims traffic to ${address}.`)),
  remedy: () => ({ ops: [remove("spec.externalIPs")], risk: "may-break", note: "Clients of these addresses must use a load balancer or an Ingress." }),
});
