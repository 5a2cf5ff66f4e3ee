import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-os-supported";

const runs = (osImage: string, part: object = {}) => node({ ...part, status: { nodeInfo: { osImage } } });

describeControl(control, {
  fails: [
    { name: "past its end", objects: [runs("Amazon Linux 2")], severity: "high" },
    { name: "past every extended support", objects: [runs("Debian GNU/Linux 11 (bullseye)")], severity: "high" },
    { name: "only extended support left", objects: [runs("Ubuntu 20.04.6 LTS")], severity: "medium" },
    {
      name: "Oracle Linux, by the dates of Oracle",
      objects: [runs("Oracle Linux Server 7.9")],
      severity: "medium",
      evidence: [
        {
          path: "status.nodeInfo.osImage",
          message: "Free support of Oracle Linux 7 ended on 2024-12-31; only extended support lasts until 2028-06-30 (table of 2026-08-22).",
        },
      ],
    },
    { name: "the end is near", objects: [runs("Ubuntu 22.04.5 LTS")], observedAt: "2027-02-01T00:00:00Z", severity: "medium" },
    { name: "the project has ended", objects: [runs("k3OS v0.21")], severity: "high" },
    {
      name: "a Windows Server of which AKS soon makes no more images, while its maker goes on",
      objects: [runs("Windows Server 2022 Datacenter", { labels: { "kubernetes.azure.com/cluster": "a" } })],
      observedAt: "2028-04-15T00:00:00Z",
      severity: "medium",
      evidence: [
        {
          path: "status.nodeInfo.osImage",
          message: "Support of Windows Server 2022 ends on 2028-06-30, the last day on which AKS makes images of it (table of 2026-08-22).",
        },
      ],
    },
    {
      name: "a Windows Server of which AKS makes no more images",
      objects: [runs("Windows Server 2019 Datacenter", { labels: { "kubernetes.azure.com/cluster": "a" } })],
      evidence: [{ path: "status.nodeInfo.osImage", message: "AKS has made no images of Windows Server 2019 since 2026-03-01: its nodes get no fixes." }],
    },
    {
      name: "a system of which AKS makes no more images, while its maker sells fixes",
      objects: [runs("Ubuntu 20.04.6 LTS", { labels: { "kubernetes.azure.com/cluster": "a" } })],
      observedAt: "2027-03-18T00:00:00Z",
      severity: "high",
    },
    { name: "only the extended support of Red Hat left", objects: [runs("Red Hat Enterprise Linux Server 7.9 (Maipo)")], severity: "medium" },
    { name: "Azure Linux before version 3", objects: [runs("CBL-Mariner/Linux")], severity: "high" },
  ],
  passes: [
    { name: "supported for years", objects: [runs("Red Hat Enterprise Linux 9.4 (Plow)")] },
    {
      name: "a system made of another's parts, by its own name",
      objects: [runs("Rocky Linux 9.5 (Blue Onyx)")],
      evidence: [{ path: "status.nodeInfo.osImage", message: "Rocky Linux 9 is supported until 2032-05-31 (table of 2026-08-22)." }],
    },
    {
      name: "Windows Server, to the end of its security updates",
      objects: [runs("Windows Server 2022 Datacenter")],
      evidence: [{ path: "status.nodeInfo.osImage", message: "Windows Server 2022 is supported until 2031-10-14 (table of 2026-08-22)." }],
    },
    {
      name: "the newest Windows Server",
      objects: [runs("Windows Server 2025 Datacenter")],
      evidence: [{ path: "status.nodeInfo.osImage", message: "Windows Server 2025 is supported until 2034-11-14 (table of 2026-08-22)." }],
    },
    { name: "the same elsewhere than on AKS", objects: [runs("Windows Server 2019 Datacenter")] },
    {
      name: "one of which AKS makes images",
      objects: [runs("Windows Server 2022 Datacenter", { labels: { "kubernetes.azure.com/cluster": "a" } })],
      evidence: [
        {
          path: "status.nodeInfo.osImage",
          message: "Windows Server 2022 is supported until 2028-06-30, the last day on which AKS makes images of it (table of 2026-08-22).",
        },
      ],
    },
    { name: "the same later, elsewhere than on AKS", objects: [runs("Windows Server 2022 Datacenter")], observedAt: "2028-04-15T00:00:00Z" },
    { name: "the newest Oracle Linux", objects: [runs("Oracle Linux Server 10.1")] },
    { name: "the last month of a release of which only the month is known", objects: [runs("Ubuntu 22.04.5 LTS")], observedAt: "2027-01-10T00:00:00Z" },
    { name: "Oracle Linux after the end of Red Hat's", objects: [runs("Oracle Linux Server 7.9")], observedAt: "2024-09-01T00:00:00Z" },
    { name: "months before its end", objects: [runs("Amazon Linux 2")], observedAt: "2026-03-01T23:00:00Z" },
  ],
  notApplicable: [{ name: "Fargate", objects: [runs("Amazon Linux 2", { labels: { "eks.amazonaws.com/compute-type": "fargate" } })] }],
  unknown: [
    { name: "a system without support dates", objects: [runs("Talos (v1.11.2)")] },
    { name: "a release of Oracle Linux without dates", objects: [runs("Oracle Linux Server 11.0")] },
    { name: "a Windows Server without dates", objects: [runs("Windows Server 2028 Datacenter")] },
    { name: "a release newer than the table", objects: [runs("Ubuntu 28.04 LTS")] },
    { name: "a system that we do not know", objects: [runs("Plan 9")] },
  ],
});
