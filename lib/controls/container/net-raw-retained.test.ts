import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./net-raw-retained";

const settings = { disabledControls: { "capabilities-not-dropped": "We keep the default capabilities." } };

describeControl(control, {
  fails: [
    {
      name: "nothing dropped, where dropping ALL is not asked for",
      objects: [deployment({ container: { securityContext: { capabilities: { drop: ["CHOWN"] } } } })],
      settings,
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.drop", value: '["CHOWN"]', container: "app" }],
      severity: "low",
    },
    {
      name: "dropped with its prefix, which containerd takes for nothing",
      objects: [deployment({ container: { securityContext: { capabilities: { drop: ["CHOWN", "CAP_NET_RAW"] } } } })],
      settings,
      evidence: [
        {
          path: "spec.template.spec.containers[0].securityContext.capabilities.drop",
          message: 'Container app drops "CAP_NET_RAW": CRI-O takes it for NET_RAW, containerd for nothing.',
        },
      ],
    },
    {
      name: "ALL dropped with a prefix, which no runtime takes",
      objects: [deployment({ container: { securityContext: { capabilities: { drop: ["CAP_ALL"] } } } })],
      settings,
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.drop", message: "Container app keeps NET_RAW." }],
    },
    {
      name: "dropped, and added under another spelling",
      objects: [deployment({ container: { securityContext: { capabilities: { drop: ["ALL"], add: ["CHOWN", "cap_net_raw"] } } } })],
      settings: { disabledControls: { "capabilities-dangerous": "We keep it.", "capabilities-beyond-baseline": "We keep it." } },
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.add[1]", message: "Container app adds cap_net_raw." }],
    },
    {
      name: "dropped by a privileged container, to which runtimes give every capability after that",
      objects: [deployment({ container: { securityContext: { privileged: true, allowPrivilegeEscalation: undefined } } })],
      settings: { disabledControls: { "container-privileged": "We keep it." } },
      evidence: [
        {
          path: "spec.template.spec.containers[0].securityContext.privileged",
          value: "true",
          message: "Container app runs privileged, and holds every capability whatever it drops.",
        },
      ],
    },
  ],
  passes: [
    { name: "ALL dropped", objects: [deployment()] },
    { name: "NET_RAW dropped", objects: [deployment({ container: { securityContext: { capabilities: { drop: ["NET_RAW"] } } } })] },
    { name: "dropped in another case", objects: [deployment({ container: { securityContext: { capabilities: { drop: ["net_raw"] } } } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [
    { name: "ALL is not dropped", objects: [deployment({ container: { securityContext: { capabilities: undefined } } })] },
    { name: "it is added by name", objects: [deployment({ container: { securityContext: { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } } } })] },
  ],
});
