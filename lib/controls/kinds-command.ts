/** A command that shows every object of one name, for a control whose subjects are of several kinds. */
export function kindsCommand(kinds: readonly string[]): string {
  return `for kind in ${kinds.join(" ")}; do kubectl get $kind -n NAMESPACE --field-selector metadata.name=NAME -o yaml; done`;
}

/** How to read it, after what fails. */
export const OTHER_KINDS = "Empty lists and errors: other kinds, which have no object of that name or are not installed.";

/** The kinds of routers that are neither Ingress nor Gateway API. */
export const ROUTER_KINDS = ["ingressroutes.traefik.io", "gateways.networking.istio.io", "routes.route.openshift.io", "httpproxies.projectcontour.io"] as const;
