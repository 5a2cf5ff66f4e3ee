import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-container-os";

const runs = (osImage: string, part: object = {}) => node({ ...part, status: { nodeInfo: { osImage } } });

describeControl(control, {
  fails: [
    { name: "Ubuntu", objects: [runs("Ubuntu 22.04.5 LTS")], evidence: [{ path: "status.nodeInfo.osImage", value: "Ubuntu 22.04.5 LTS" }] },
    { name: "Amazon Linux 2", objects: [runs("Amazon Linux 2")] },
    { name: "Red Hat Enterprise Linux", objects: [runs("Red Hat Enterprise Linux 9.4 (Plow)")] },
    { name: "Debian", objects: [runs("Debian GNU/Linux 12 (bookworm)")] },
    { name: "Garden Linux", objects: [runs("Garden Linux 1877.7")] },
    { name: "Raspberry Pi OS", objects: [runs("Raspbian GNU/Linux 12 (bookworm)")] },
    { name: "Alibaba Cloud Linux", objects: [runs("Alibaba Cloud Linux 3.2104 U12.1 (OpenAnolis Edition)")] },
    { name: "Alibaba Cloud Linux by its older name", objects: [runs("Alibaba Cloud Linux (Aliyun Linux) 2.1903 LTS (Hunting Beagle)")] },
    { name: "TencentOS", objects: [runs("TencentOS Server 3.1 (Final)")] },
    { name: "EulerOS of Huawei", objects: [runs("Huawei Cloud EulerOS 2.0 (x86_64)")] },
    { name: "openSUSE Leap", objects: [runs("openSUSE Leap 15.6")] },
  ],
  passes: [
    { name: "Bottlerocket", objects: [runs("Bottlerocket OS 1.26.1 (aws-k8s-1.31)")] },
    { name: "Bottlerocket of EKS Auto Mode", objects: [runs("Bottlerocket (EKS Auto, Standard) 2026.9.14 (aws-k8s-1.36-standard)")] },
    { name: "Container-Optimized OS, which names no version", objects: [runs("Container-Optimized OS from Google")] },
    { name: "Talos", objects: [runs("Talos (v1.11.2)")] },
    { name: "Flatcar", objects: [runs("Flatcar Container Linux by Kinvolk 4372.0.1 (Oklo)")] },
    { name: "Azure Linux", objects: [runs("Microsoft Azure Linux 3.0")] },
    { name: "Red Hat CoreOS", objects: [runs("Red Hat Enterprise Linux CoreOS 48.84.202203290727-0 (Ootpa)")] },
    { name: "CoreOS of OKD", objects: [runs("CentOS Stream CoreOS 9.0.20251014-0")] },
    { name: "Harvester", objects: [runs("Harvester v1.6.1")] },
    { name: "Azure Container Linux, which only a label names", objects: [runs("", { labels: { "kubernetes.azure.com/os-sku": "AzureContainerLinux" } })] },
  ],
  notApplicable: [
    { name: "Windows", objects: [runs("Windows Server 2022 Datacenter")] },
    { name: "k3d", objects: [runs("K3s v1.34.2+k3s1")] },
    { name: "kind", objects: [runs("Debian GNU/Linux 12 (bookworm)", { spec: { providerID: "kind://a" } })] },
    { name: "Fargate", objects: [runs("Amazon Linux 2", { labels: { "eks.amazonaws.com/compute-type": "fargate" } })] },
  ],
  unknown: [
    { name: "a system that we do not know", objects: [runs("Plan 9")] },
    { name: "a node that says nothing", objects: [node({ status: null })] },
  ],
});
