import { readSwitch } from "../../inventory/values/read-switch";
import { formatPath } from "../../model/field-path";
import { record, text } from "../../model/json";
import { defineControl, safe, type Weakness, weakness } from "../define";
import { set } from "../remedies/ops";

/** Keys that only the ConfigMap of an ingress-nginx controller has. */
const CONTROLLER_KEYS = ["allow-snippet-annotations", "annotations-risk-level"];

export default defineControl({
  id: "ingress-snippets-allowed",
  layer: "cluster",
  severity: "high",
  title: "The ingress controller refuses raw configuration in annotations",
  failure: "lets Ingresses write raw configuration into the proxy",
  why: "With snippets allowed, everyone who may create an Ingress runs configuration, and with it code, in a proxy that may read Secrets of all namespaces.",
  action: "Refuse configuration snippets in Ingresses",
  fix: 'Set `allow-snippet-annotations` to "false" and `annotations-risk-level` to High or lower in the controller\'s ConfigMap. First take the snippets out of Ingresses: one that keeps them loses them, or is no longer served at all.',
  verify: "kubectl get configmap NAME -n NAMESPACE -o yaml",
  lookFor: "`allow-snippet-annotations` is true, or `annotations-risk-level` is Critical.",
  tips: ["S2"],
  frameworks: { nsa: ["HC"], mitre: ["T1190", "T1552.007"], owasp: ["K07"] },
  references: ["https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations"],
  subject: "config-map",
  reads: [],
  check: ({ body }) => {
    const data = record(body.data);
    const keys = CONTROLLER_KEYS.filter((key) => text(data[key]) !== undefined);
    if (keys.length === 0) return safe("It does not configure an ingress controller.");
    const at = (key: string, message: string): Weakness[] => [weakness(formatPath(["data", key]), data[key], message, { hint: key })];
    return [
      ...(readSwitch(text(data["allow-snippet-annotations"])) === true ? at("allow-snippet-annotations", "Snippets in annotations are allowed.") : []),
      ...(/^critical$/i.test(text(data["annotations-risk-level"]) ?? "") ? at("annotations-risk-level", "Annotations of every risk are allowed.") : []),
    ];
  },
  remedy: (_configMap, weaknesses) => ({
    ops: weaknesses.map((item) => set(item.path, item.hint === "annotations-risk-level" ? "High" : "false")),
    risk: "may-break",
    note: "Ingresses that use snippets lose them.",
  }),
});
