import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./selinux-custom-options";

function options(seLinuxOptions: unknown) {
  return { securityContext: { seLinuxOptions } };
}

describeControl(control, {
  fails: [
    {
      name: "an unconfined type",
      objects: [deployment({ container: options({ type: "spc_t" }) })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.seLinuxOptions.type", value: "spc_t", container: "app" }],
      severity: "high",
    },
    { name: "a user and a role for the pod", objects: [deployment({ podSpec: options({ user: "system_u", role: "system_r" }) })], severity: "medium" },
    { name: "container_engine_t before 1.31", objects: [deployment({ podSpec: options({ type: "container_engine_t" }) })], kubeVersion: "1.30" },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "a container type and a level", objects: [deployment({ podSpec: options({ type: "container_t", level: "s0:c1", user: "", role: null }) })] },
    { name: "container_engine_t from 1.31", objects: [deployment({ podSpec: options({ type: "container_engine_t" }) })], kubeVersion: "1.31" },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [{ name: "options that are a text", objects: [deployment({ podSpec: options("spc_t") })] }],
});
