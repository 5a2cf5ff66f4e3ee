import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-userns-capable";

const has = (userNamespaces: boolean) =>
  node({
    status: {
      runtimeHandlers: [
        { name: "", features: { userNamespaces } },
        { name: "runsc", features: {} },
      ],
    },
  });

describeControl(control, {
  fails: [
    {
      name: "the default runtime cannot",
      objects: [has(false)],
      evidence: [{ path: "status.runtimeHandlers[0].features.userNamespaces", value: "false" }],
      severity: "info",
    },
  ],
  passes: [
    { name: "the default runtime can", objects: [has(true)] },
    {
      name: "the default runtime, without a name, can",
      objects: [node({ status: { runtimeHandlers: [{ name: "runsc", features: {} }, { features: { userNamespaces: true } }] } })],
    },
  ],
  notApplicable: [{ name: "Windows", objects: [node({ status: { nodeInfo: { operatingSystem: "windows" } } })] }],
  unknown: [
    { name: "an older kubelet", objects: [node()], reason: "The node does not report its runtime handlers; kubelets do since 1.30." },
    {
      name: "no default among the handlers",
      objects: [node({ status: { runtimeHandlers: [{ name: "runsc", features: { userNamespaces: true } }] } })],
      reason: "The node reports no default among its runtime handlers, which pods without a RuntimeClass run with.",
    },
  ],
});
