import { configMap } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-snippets-allowed";

describeControl(control, {
  fails: [
    {
      name: "snippets are allowed",
      objects: [configMap({ data: { "allow-snippet-annotations": "true" } })],
      evidence: [{ path: "data.allow-snippet-annotations", value: "true" }],
    },
    { name: "snippets are allowed, in another spelling", objects: [configMap({ data: { "allow-snippet-annotations": "True" } })] },
    { name: "every risk is allowed, in another spelling", objects: [configMap({ data: { "annotations-risk-level": "critical" } })] },
    {
      name: "every risk is allowed",
      objects: [configMap({ data: { "annotations-risk-level": "Critical", "allow-snippet-annotations": "false" } })],
      evidence: [{ path: "data.annotations-risk-level" }],
    },
  ],
  passes: [{ name: "snippets are refused", objects: [configMap({ data: { "allow-snippet-annotations": "false", "annotations-risk-level": "High" } })] }],
  notApplicable: [{ name: "another ConfigMap", objects: [configMap()] }],
});
