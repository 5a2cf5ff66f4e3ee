import { serviceEndpointsView } from "../../inventory/routes/service-endpoints";
import { serviceTargetsView } from "../../inventory/routes/service-targets";
import { record, records, textMap } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { defineControl, notApplicable, weakness } from "../define";

export default defineControl({
  id: "service-target-missing",
  layer: "code",
  severity: "info",
  title: "Every Service leads to a workload",
  failure: "leads to no workload",
  why: "A Service that selects nothing waits for anyone to fill it: whoever makes a pod with the right labels receives its traffic.",
  action: "Correct or delete Services that lead nowhere",
  fix: "Correct the selector, or delete the Service.",
  verify:
    "kubectl get svc NAME -n NAMESPACE -o wide; kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=NAME; kubectl get pods -n NAMESPACE --show-labels",
  lookFor: "Nothing under ENDPOINTS, and no pod that has all labels under SELECTOR.",
  tips: ["S2"],
  frameworks: {},
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/"],
  subject: "service",
  reads: ["services", "workloads", "endpointSlices"],
  wholeCluster: "fail",
  check: (service, context) => {
    const spec = record(service.body.spec);
    const selector = textMap(spec.selector);
    if (spec.type === "ExternalName" || Object.keys(selector).length === 0) return notApplicable("It selects no pods by label.");
    if (context.view(serviceTargetsView).workloadsOf.has(resourceKey(service.ref))) return [];
    // Programs label their own pods while they run: no template shows it, the endpoints do.
    const slices = context.view(serviceEndpointsView).get(`${service.ref.namespace}/${service.ref.name}`) ?? [];
    if (slices.some(({ body }) => records(body.endpoints).length > 0)) return [];
    return [weakness("spec.selector", selector, "No workload of the namespace has these labels.")];
  },
  remedy: null,
});
