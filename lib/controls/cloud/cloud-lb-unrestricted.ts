import { platformView } from "../../inventory/cloud/cloud-provider";
import { isWorldCidr } from "../../model/ip-address";
import { readLoadBalancer } from "../../inventory/routes/load-balancer";
import { amount, record, records } from "../../model/json";
import { cloudAnswer } from "../cloud-answer";
import { internalAnswer } from "../internal-answer";
import { defineControl, notApplicable, safe, unknown, weakness } from "../define";
import { restrictLoadBalancer } from "../remedies/restrict-load-balancer";

export default defineControl({
  id: "cloud-lb-unrestricted",
  layer: "cloud",
  severity: "high",
  title: "Public load balancers admit named networks only",
  failure: "is open to the whole internet",
  why: "Everything behind a public load balancer without source ranges is reachable by anyone, from the moment the address exists and before anybody has decided that it should be.",
  action: "Admit named networks only to public load balancers",
  fix: "Set `spec.loadBalancerSourceRanges` (load balancers of Hetzner and Linode ignore it), make the load balancer internal, or serve the workload through one guarded entry point. A website that has to be public keeps this finding, as a record of what the internet reaches.",
  verify:
    "kubectl get svc -A --field-selector spec.type=LoadBalancer -o custom-columns='NAMESPACE:.metadata.namespace,SERVICE:.metadata.name,ADDRESS:.status.loadBalancer.ingress[*].ip,HOST:.status.loadBalancer.ingress[*].hostname,RANGES:.spec.loadBalancerSourceRanges,ANNOTATED:.metadata.annotations.service\\.beta\\.kubernetes\\.io/load-balancer-source-ranges'",
  lookFor:
    "`<none>` under both RANGES and ANNOTATED, or `0.0.0.0/0`, where ADDRESS or HOST is public. Annotations of the provider can also make a load balancer internal, or name the networks that it admits: see `kubectl get svc NAME -n NAMESPACE -o yaml`.",
  tips: ["S2"],
  frameworks: { nsa: ["NP", "HC"], mitre: ["T1190", "T1133"], owasp: ["K06"] },
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
    "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/",
  ],
  aliases: ["service-public-loadbalancer"],
  subject: "service",
  reads: ["nodes"],
  check: (service, context) => {
    const platform = context.view(platformView);
    const balancer = readLoadBalancer(service, platform.provider);
    if (!balancer) return safe("The Service is not of type LoadBalancer.");
    if (balancer.reach === "internal") return balancer.isLimited ? safe(balancer.because) : internalAnswer(balancer, context);
    if (balancer.reach === "pending" && !balancer.isLimited)
      return platform.isLocal ? notApplicable("A cluster on one machine has no public load balancer.") : unknown(balancer.because);
    if (!balancer.isOpen) return cloudAnswer(platform, []);
    if (balancer.hiddenBecause !== null) return unknown(balancer.hiddenBecause);
    const { loadBalancerSourceRanges: written } = record(service.body.spec);
    const ports = records(record(service.body.spec).ports).map((port) => amount(port.port));
    const severity = ports.length > 0 && ports.every((port) => port === 80 || port === 443) ? "medium" : "high";
    const open = balancer.ranges.filter((range) => isWorldCidr(range.cidr));
    const lack = balancer.heedsRanges ? "No source range is set." : "Load balancers of this cloud ignore source ranges.";
    if (open.length === 0) return [weakness("spec.loadBalancerSourceRanges", written, `${lack} ${balancer.because}`, { severity })];
    return open.map((range) => weakness(range.path, range.cidr, `The range ${range.cidr} admits everyone. ${balancer.because}`, { severity }));
  },
  remedy: (service, _weaknesses, context) => restrictLoadBalancer(service, context.view(platformView).provider),
});
