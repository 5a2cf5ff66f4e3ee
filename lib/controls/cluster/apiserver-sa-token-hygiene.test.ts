import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-sa-token-hygiene";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "tokens live for a year", objects: server("--service-account-key-file=/k"), severity: "low" },
    {
      name: "deleted accounts keep their tokens, in another spelling",
      objects: server("--service-account-key-file=/k", "--service-account-lookup=False"),
      severity: "high",
    },
    { name: "deleted accounts keep their tokens", objects: server("--service-account-key-file=/k", "--service-account-lookup=false"), severity: "high" },
    {
      name: "nothing limits how long a requested token lives",
      objects: server("--service-account-key-file=/k", "--service-account-extend-token-expiration=false"),
      severity: "info",
    },
    {
      name: "a limit of 0, which is none",
      objects: server("--service-account-key-file=/k", "--service-account-extend-token-expiration=false", "--service-account-max-token-expiration=0s"),
      severity: "info",
      evidence: [{ path: "spec.containers[0].command[3]", value: "--service-account-max-token-expiration=0s" }],
    },
    { name: "no key of its own", objects: server("--service-account-extend-token-expiration=false"), severity: "medium" },
  ],
  passes: [
    {
      name: "an external signer holds the keys, and limits how long tokens live",
      objects: server("--service-account-signing-endpoint=/run/signer.sock", "--service-account-extend-token-expiration=false"),
    },
    {
      name: "all of it set",
      objects: server("--service-account-key-file=/k", "--service-account-extend-token-expiration=false", "--service-account-max-token-expiration=1h"),
    },
  ],
});
