import { isEmptySelector } from "../../inventory/labels/label-selector";
import { isRecord, list, record, text } from "../../model/json";
import { defineControl, type Weakness, weakness } from "../define";
import { set } from "../remedies/ops";

export default defineControl({
  id: "gateway-cross-namespace",
  layer: "cluster",
  severity: "medium",
  title: "Gateways admit routes of chosen namespaces only",
  failure: "admits routes of every namespace",
  why: "When routes of all namespaces are admitted, any tenant can claim a host name of another on the shared gateway and receive its traffic.",
  action: "Admit routes of chosen namespaces only",
  fix: "Label the namespaces that may attach, then set `allowedRoutes.namespaces.from` of the listener to Selector, with a `selector` for that label: routes of other namespaces are no longer served.",
  verify:
    'kubectl get gateways.gateway.networking.k8s.io NAME -n NAMESPACE -o jsonpath=\'{range .spec.listeners[*]}{.name}{"\\t"}{.allowedRoutes.namespaces}{"\\n"}{end}\'',
  lookFor: '`"from":"All"`, or an empty selector, after the name of a listener.',
  tips: ["S2"],
  frameworks: { nsa: ["NS", "NP"], mitre: ["T1557"], owasp: ["K05"] },
  references: ["https://gateway-api.sigs.k8s.io/docs/concepts/security/", "https://gateway-api.sigs.k8s.io/guides/user-guides/multiple-ns/"],
  subject: "gateway",
  reads: [],
  check: (gateway) =>
    list(record(gateway.body.spec).listeners).flatMap((item, index): Weakness[] => {
      const listener = record(item);
      const { from, selector } = record(record(listener.allowedRoutes).namespaces);
      const isOpen = from === "Selector" && isRecord(selector) && isEmptySelector(selector);
      if (from !== "All" && !isOpen) return [];
      const host = text(listener.hostname);
      const message = `Listener ${text(listener.name) ?? index} admits routes of every namespace${host ? ` for ${host}` : ""}.`;
      const path = `spec.listeners[${index}].allowedRoutes.namespaces.${isOpen ? "selector" : "from"}`;
      return [weakness(path, isOpen ? selector : from, message, host ? { severity: "low" } : {})];
    }),
  remedy: (_gateway, weaknesses) => ({
    ops: weaknesses.flatMap((item) => [
      set(item.path.replace(/\.selector$/, ".from"), "Selector"),
      set(item.path.replace(/\.from$/, ".selector"), { matchLabels: { "shared-gateway-access": "true" } }),
    ]),
    risk: "may-break",
    note: "Label the namespaces whose routes may attach with shared-gateway-access=true first.",
  }),
});
