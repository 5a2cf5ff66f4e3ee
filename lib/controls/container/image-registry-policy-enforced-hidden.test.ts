import { deployment, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import { server } from "../testing-pod-security-guards";
import control from "./image-registry-policy-enforced";

const objects = [namespace(), deployment(), server];

/** What an API server reads from files. */
describeControl(control, {
  fails: [{ name: "a file of the API server, before it could name policies", objects, kubeVersion: "1.36" }],
  unknown: [
    {
      name: "a file of the API server that may name policies",
      objects,
      kubeVersion: "1.37",
      reason: "The API server reads settings of admission from a file that the API does not show; since Kubernetes 1.37 it may bring policies of its own.",
    },
  ],
});
