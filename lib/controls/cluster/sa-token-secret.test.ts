import { role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./sa-token-secret";

const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] };
const listed = { secrets: [{ name: "app-dockercfg-x2x2x" }, { name: "app-token-x2x2x" }] };

describeControl(control, {
  fails: [
    {
      name: "the account lists one",
      objects: [serviceAccount(listed)],
      severity: "medium",
      evidence: [{ path: "secrets[1]", value: "app-token-x2x2x" }],
      remedy: false,
    },
    { name: "the account is strong", objects: [serviceAccount(listed), role(secrets), roleBinding()], severity: "high", remedy: false },
  ],
  unknown: [
    { name: "it lists none, and Secrets are not read", objects: [serviceAccount()] },
    { name: "it lists pull secrets only", objects: [serviceAccount({ secrets: [{ name: "app-dockercfg-x2x2x" }] })] },
  ],
});
