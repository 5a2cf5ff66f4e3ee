import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./unsafe-sysctls";

function sysctls(...names: string[]) {
  return { podSpec: { securityContext: { sysctls: names.map((name) => ({ name, value: "1" })) } } };
}

describeControl(control, {
  fails: [
    {
      name: "two of three",
      objects: [deployment(sysctls("kernel.msgmax", "net.ipv4.tcp_syncookies", "net.core.somaxconn"))],
      evidence: [{ path: "spec.template.spec.securityContext.sysctls[2].name", value: "net.core.somaxconn" }],
      severity: "medium",
    },
    { name: "the form with slashes", objects: [deployment(sysctls("net/ipv4/tcp_syncookies"))] },
    { name: "a name that a newer version allows", objects: [deployment(sysctls("net.ipv4.tcp_rmem"))], kubeVersion: "1.31" },
  ],
  passes: [
    { name: "none", objects: [deployment()] },
    { name: "safe ones", objects: [deployment(sysctls("net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_rmem"))], kubeVersion: "1.32" },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [{ name: "sysctls are a map", objects: [deployment({ podSpec: { securityContext: { sysctls: { "kernel.msgmax": "1" } } } })] }],
});
