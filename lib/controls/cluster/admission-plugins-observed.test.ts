import { apiServerMetrics } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./admission-plugins-observed";

describeControl(control, {
  fails: [
    {
      name: "everything is admitted",
      objects: [apiServerMetrics({ admissionPlugins: ["AlwaysAdmit", "NamespaceLifecycle"] })],
      evidence: [{ path: "admissionPlugins" }],
      severity: "info",
    },
  ],
  passes: [{ name: "others are", objects: [apiServerMetrics()] }],
  unknown: [
    { name: "none was called", objects: [apiServerMetrics({ admissionPlugins: undefined })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerMetrics"] },
    { name: "a set of manifests", objects: [] },
  ],
});
