/** What kind of machine a node's operating system makes. */
type SystemClass = "container" | "general" | "windows" | "local";

export interface NodeSystem {
  readonly id: string;
  readonly name: string;
  readonly class: SystemClass;
  /** Against `status.nodeInfo.osImage`; the first group, if any, is the version. */
  readonly pattern: RegExp;
}

export const NODE_SYSTEMS_AS_OF = "2026-11-29";

/** Read top to bottom, the first that matches wins. */
export const NODE_SYSTEMS: readonly NodeSystem[] = [
  { id: "bottlerocket", name: "Bottlerocket", class: "container", pattern: /^Bottlerocket OS (\d+\.\d+\.\d+)/ },
  { id: "bottlerocket", name: "Bottlerocket", class: "container", pattern: /^Bottlerocket \(EKS Auto[^)]*\) (\S+)/ },
  { id: "cos", name: "Container-Optimized OS", class: "container", pattern: /^Container-Optimized OS from Google/ },
  { id: "flatcar", name: "Flatcar Container Linux", class: "container", pattern: /^Flatcar Container Linux by Kinvolk (\S+)/ },
  { id: "talos", name: "Talos Linux", class: "container", pattern: /^Talos \(v([^)]+)\)/ },
  { id: "azure-linux", name: "Azure Linux", class: "container", pattern: /^Microsoft Azure Linux (\d+\.\d+)/ },
  { id: "mariner", name: "CBL-Mariner", class: "container", pattern: /^CBL-Mariner(?:\/Linux)?(?: (\S+))?/ },
  { id: "rhcos", name: "Red Hat Enterprise Linux CoreOS", class: "container", pattern: /^Red Hat Enterprise Linux CoreOS (\S+)/ },
  { id: "scos", name: "CentOS Stream CoreOS", class: "container", pattern: /^CentOS Stream CoreOS (\S+)/ },
  { id: "fcos", name: "Fedora CoreOS", class: "container", pattern: /^Fedora CoreOS (\S+)/ },
  { id: "sle-micro", name: "SUSE Linux Micro", class: "container", pattern: /^SUSE Linux (?:Enterprise )?Micro (\S+)/ },
  { id: "microos", name: "openSUSE MicroOS", class: "container", pattern: /^openSUSE MicroOS/ },
  { id: "photon", name: "Photon OS", class: "container", pattern: /^VMware Photon (?:OS\/Linux|OS)?\s*(\d+)?/ },
  { id: "harvester", name: "Harvester", class: "container", pattern: /^Harvester v?(\S+)/ },
  { id: "kairos", name: "Kairos", class: "container", pattern: /^Kairos/ },
  { id: "k3os", name: "k3OS", class: "container", pattern: /^k3OS/ },
  { id: "rancheros", name: "RancherOS", class: "container", pattern: /^RancherOS/ },
  { id: "coreos-container-linux", name: "CoreOS Container Linux", class: "container", pattern: /^Container Linux by CoreOS/ },
  { id: "amazon-linux", name: "Amazon Linux", class: "general", pattern: /^Amazon Linux (\d+)/ },
  { id: "ubuntu", name: "Ubuntu", class: "general", pattern: /^Ubuntu (\d\d\.\d\d)/ },
  { id: "debian", name: "Debian", class: "general", pattern: /^Debian GNU\/Linux (\d+)/ },
  { id: "centos-stream", name: "CentOS Stream", class: "general", pattern: /^CentOS Stream (\d+)/ },
  { id: "centos", name: "CentOS", class: "general", pattern: /^CentOS (?:Linux )?(\d+)/ },
  { id: "rhel", name: "Red Hat Enterprise Linux", class: "general", pattern: /^Red Hat Enterprise Linux(?: Server)? (\d+)/ },
  { id: "rocky", name: "Rocky Linux", class: "general", pattern: /^Rocky Linux (\d+)/ },
  { id: "alma", name: "AlmaLinux", class: "general", pattern: /^AlmaLinux (\d+)/ },
  { id: "oracle", name: "Oracle Linux", class: "general", pattern: /^Oracle Linux Server (\d+)/ },
  { id: "fedora", name: "Fedora Linux", class: "general", pattern: /^Fedora (?:Linux )?(\d+)/ },
  { id: "garden-linux", name: "Garden Linux", class: "general", pattern: /^Garden Linux (\S+)/ },
  { id: "raspbian", name: "Raspberry Pi OS", class: "general", pattern: /^Raspbian GNU\/Linux (\d+)/ },
  { id: "alibaba", name: "Alibaba Cloud Linux", class: "general", pattern: /^Alibaba Cloud Linux (?:\(Aliyun Linux\) )?(\d+)/ },
  { id: "tencentos", name: "TencentOS Server", class: "general", pattern: /^TencentOS Server (\d+)/ },
  { id: "euleros", name: "Huawei Cloud EulerOS", class: "general", pattern: /^Huawei Cloud EulerOS (\d+\.\d+)/ },
  { id: "opensuse-leap", name: "openSUSE Leap", class: "general", pattern: /^openSUSE Leap (\S+)/ },
  { id: "suse", name: "SUSE Linux Enterprise Server", class: "general", pattern: /^SUSE Linux Enterprise Server (\d+)/ },
  { id: "windows", name: "Windows Server", class: "windows", pattern: /^Windows Server (\d{4})/ },
  { id: "windows", name: "Windows", class: "windows", pattern: /^Windows/ },
  { id: "buildroot", name: "Buildroot", class: "local", pattern: /^Buildroot (\S+)/ },
  // As k3d runs it.
  { id: "k3s", name: "K3s in a container", class: "local", pattern: /^K3s (?:dev|v(\S+))/ },
  { id: "docker-desktop", name: "Docker Desktop", class: "local", pattern: /^Docker Desktop/ },
  { id: "alpine", name: "Alpine Linux", class: "local", pattern: /^Alpine Linux v?(\S+)/ },
  { id: "nixos", name: "NixOS", class: "general", pattern: /^NixOS (\S+)/ },
];

/** Last days of support; `extended` is paid or long-term. */
export interface SystemSupport {
  readonly free: string;
  readonly extended?: string;
}

export const SYSTEM_SUPPORT_AS_OF = "2026-08-22";
export const SYSTEM_SUPPORT_SOURCES = [
  "https://endoflife.date",
  "https://www.oracle.com/a/ocom/docs/elsp-lifetime-069338.pdf",
  "https://learn.microsoft.com/lifecycle/products/windows-server-2022",
  "https://learn.microsoft.com/lifecycle/products/windows-server-2025",
  "https://ubuntu.com/about/release-cycle",
  "https://learn.microsoft.com/azure/aks/upgrade-os-version",
  "https://github.com/Azure/AKS/releases",
] as const;

/** By `id version`. Systems without a row have no table here: their support is not assessed. */
export const SYSTEM_SUPPORT: Readonly<Record<string, SystemSupport>> = {
  "amazon-linux 2": { free: "2026-06-30" },
  "amazon-linux 2023": { free: "2029-06-30" },
  "ubuntu 18.04": { free: "2023-05-31", extended: "2028-04-30" },
  "ubuntu 20.04": { free: "2025-05-31", extended: "2030-04-30" },
  // Canonical gives months.
  "ubuntu 22.04": { free: "2027-04-30", extended: "2032-04-30" },
  "ubuntu 24.04": { free: "2029-05-31" },
  "ubuntu 26.04": { free: "2031-04-30" },
  "debian 10": { free: "2022-09-10", extended: "2024-06-30" },
  "debian 11": { free: "2024-08-14", extended: "2026-08-31" },
  "debian 12": { free: "2026-07-11", extended: "2028-06-30" },
  "debian 13": { free: "2028-08-09", extended: "2030-06-30" },
  "rhel 7": { free: "2024-06-30", extended: "2028-06-30" },
  "rhel 8": { free: "2029-05-31" },
  "rhel 9": { free: "2032-05-31" },
  "rhel 10": { free: "2035-05-31" },
  "rocky 8": { free: "2029-05-31" },
  "rocky 9": { free: "2032-05-31" },
  "rocky 10": { free: "2035-05-31" },
  "alma 8": { free: "2029-03-01" },
  "alma 9": { free: "2032-05-31" },
  "alma 10": { free: "2035-05-31" },
  // Oracle gives months.
  "oracle 7": { free: "2024-12-31", extended: "2028-06-30" },
  "oracle 8": { free: "2029-07-31" },
  "oracle 9": { free: "2032-06-30" },
  "oracle 10": { free: "2035-06-30" },
  "centos 7": { free: "2024-06-30" },
  "centos 8": { free: "2021-12-31" },
  "centos-stream 8": { free: "2024-05-31" },
  "centos-stream 9": { free: "2027-05-31" },
  // The project gives the year.
  "centos-stream 10": { free: "2030-01-01" },
  // To the end of the security updates that Microsoft gives without a charge.
  "windows 2016": { free: "2027-01-12" },
  "windows 2019": { free: "2029-01-09" },
  "windows 2022": { free: "2031-10-14" },
  "windows 2025": { free: "2034-11-14" },
  "photon 4": { free: "2027-10-11" },
};

/** Last days on which AKS makes images with the fixes of a system, where its maker goes on for longer: a node gets them by a new image only. */
export const AKS_IMAGE_ENDS: Readonly<Record<string, string>> = {
  "ubuntu 20.04": "2027-03-17",
  "windows 2019": "2026-03-01",
  "windows 2022": "2028-06-30",
};

/** Projects that have ended altogether. */
export const ENDED_SYSTEMS: Readonly<Record<string, string>> = {
  k3os: "The k3OS project has ended.",
  rancheros: "The RancherOS project has ended.",
  "coreos-container-linux": "CoreOS Container Linux ended on 2020-05-26.",
  // As the nodes of AKS called Azure Linux until version 3; Microsoft fixed it on AKS for the longest.
  mariner: "CBL-Mariner, the system of Azure Linux 1 and 2, ended on 2025-11-30.",
};
