import { text } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { splitImageReference } from "../images/image-reference";
import { OF_GATEWAY } from "./gateway-programs";
import { ingressProgramsView } from "./ingress-programs";
import { istioProxiesView } from "./istio-proxies";
import { openshiftRoutersView } from "./openshift-routes";
import { traefikProgramsView } from "./traefik-programs";
import { defineView } from "../view";
import { defineWorkloadFact } from "../workloads/workload-fact";

/** Contour and others run it, and tell it what leads where. Not the proxy that Istio puts beside programs, which has another name. */
const ENVOY = /(?:^|[/-])envoy(?:-distroless)?$/;

const proxiesView = defineWorkloadFact({
  start: (): Set<string> => new Set(),
  add: (found, { ref, isFinished }, pods) => {
    const isProxy = pods.some(
      ({ source, labels, containers }) =>
        source === "template" &&
        (labels[OF_GATEWAY] !== undefined || containers.some(({ spec }) => ENVOY.test(splitImageReference(text(spec.image) ?? "")?.path ?? ""))),
    );
    if (!isFinished && isProxy) found.add(resourceKey(ref));
  },
});

/** What sends requests on to Services as routes and Ingresses say, as far as that is seen, by the resource key of its workload. */
export const routerProgramsView = defineView({
  reads: ["workloads", "customRoutes"],
  compute: ({ slices, view }): ReadonlySet<string> => {
    const proxiesOf = view(istioProxiesView);
    const gateways = slices.customRoutes.filter(({ ref }) => ref.kind === "Gateway");
    const programs = [...view(traefikProgramsView).map(({ workload }) => workload), ...view(openshiftRoutersView).values(), ...gateways.flatMap(proxiesOf)];
    return new Set([...view(proxiesView), ...view(ingressProgramsView).map(({ workloadKey }) => workloadKey), ...programs.map(({ ref }) => resourceKey(ref))]);
  },
});
