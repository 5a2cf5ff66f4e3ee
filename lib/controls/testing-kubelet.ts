import { kubeletConfig, node } from "../inventory/testing";
import type { JsonRecord } from "../model/json";
import type { Severity } from "../model/severity";
import { type ControlCases, describeControl } from "./testing";

type Settings = JsonRecord;

export interface KubeletCases extends Pick<ControlCases, "notApplicable" | "unknown" | "manual"> {
  /** Settings by what is wrong with them; the path at which it shows, and how bad it is. */
  readonly fails: Readonly<Record<string, { readonly settings: Settings; readonly path: string; readonly severity: Severity }>>;
  readonly passes: Readonly<Record<string, Settings>>;
}

/** The table of a control on kubelets, and what holds for each of them: without settings, nothing is said. */
export function describeKubeletControl(control: unknown, { fails, passes, notApplicable = [], unknown = [], manual = [] }: KubeletCases): void {
  const reason = "The API server does not allow asking the kubelet of this node (403).";
  const unread = kubeletConfig({ metadata: { annotations: { "concentric.dev/not-read": reason } } });
  describeControl(control, {
    fails: Object.entries(fails).map(([name, { settings, path, severity }]) => ({
      name,
      objects: [node(), kubeletConfig(settings)],
      evidence: [{ path }],
      severity,
    })),
    passes: Object.entries(passes).map(([name, settings]) => ({ name, objects: [node(), kubeletConfig(settings)] })),
    notApplicable: [{ name: "a node that is no machine", objects: [node({ labels: { type: "virtual-kubelet" } }), kubeletConfig()] }, ...notApplicable],
    unknown: [
      { name: "this kubelet could not be read", objects: [node(), unread] },
      { name: "only another kubelet was read", objects: [node(), kubeletConfig({ name: "worker-2" })] },
      { name: "nobody asked for the settings of kubelets", objects: [node()], missing: ["kubeletConfigs"] },
      ...unknown,
    ],
    manual,
  });
}
