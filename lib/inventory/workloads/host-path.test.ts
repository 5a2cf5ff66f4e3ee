import { expect, test } from "vitest";
import { findRuntimeSockets, isSensitiveHostPath, normaliseHostPath } from "./host-path";

test.each([
  ["/var//run/./x/", "/var/run/x"],
  ["/a/../../etc", "/etc"],
  ["", "/"],
  ["var/log", "/var/log"],
  ["C:\\", "/"],
  ["c:/Windows\\System32\\", "/windows/system32"],
])("%s is %s", (path, expected) => {
  expect(normaliseHostPath(path)).toBe(expected);
});

test("a socket is reached by its own path and by directories above it, up to /run", () => {
  expect(findRuntimeSockets("/run")).toEqual(expect.arrayContaining(["/run/docker.sock", "/run/containerd/containerd.sock", "/run/crio/crio.sock"]));
  expect(findRuntimeSockets("/var/run/docker.sock/")).toEqual(["/var/run/docker.sock"]);
  expect(findRuntimeSockets("/var/run/docker")).toEqual(["/var/run/docker/containerd/containerd.sock"]);
  expect(findRuntimeSockets("/run/k0s")).toEqual(["/run/k0s/containerd.sock"]);
  expect(findRuntimeSockets("/var/run/nri")).toEqual(["/var/run/nri/nri.sock"]);
  expect(findRuntimeSockets("/var/run/docker.sock.bak")).toEqual([]);
  expect(findRuntimeSockets("/var")).toEqual([]);
});

test("a Windows pipe of a runtime counts", () => {
  expect(findRuntimeSockets("\\\\.\\pipe\\containerd-containerd")).toHaveLength(1);
  expect(findRuntimeSockets("\\\\.\\pipe\\other")).toEqual([]);
});

test("a sensitive place counts with what is above it, and with what is below only where that is secret as well", () => {
  for (const path of [
    "/",
    "/var",
    "/var/lib/kubelet/pods/x",
    "/etc/kubernetes/pki",
    "/proc",
    "/proc/sys/kernel/core_pattern",
    "/home/ada/.ssh",
    "/run/dbus",
    "/etc/cni/net.d/",
  ])
    expect(isSensitiveHostPath(path, false), path).toBe(true);
  for (const path of ["/srv", "/dev/null", "/dev/shm", "/etc/localtime", "/homes", "/var/lib/app", "/home/ada/work"])
    expect(isSensitiveHostPath(path, false), path).toBe(false);
});

test("what the node runs as root counts with what is below it where it can be written, and not where it can only be read", () => {
  for (const path of [
    "/opt/cni/bin",
    "/etc/cni/net.d/10-calico.conflist",
    "/etc/systemd/system",
    "/etc/cron.d/backup",
    "/usr/libexec/kubernetes/kubelet-plugins/volume/exec",
    "/lib/modules",
    "/etc/ld.so.conf.d",
    "/etc/pam.d/sshd",
    "/etc/sysctl.d/90-app.conf",
  ]) {
    expect(isSensitiveHostPath(path, true), path).toBe(true);
    expect(isSensitiveHostPath(path, false), path).toBe(false);
  }
  for (const path of ["/usr/share/zoneinfo", "/etc/app", "/etc/localtime", "/opt/cnix", "/etc/cron.deny"])
    expect(isSensitiveHostPath(path, true), path).toBe(false);
});

test("keys and tokens of the node count where each distribution and tool keeps them", () => {
  for (const path of [
    "/etc/rancher/k3s/k3s.yaml",
    "/var/lib/rancher/rke2/server/cred",
    "/var/lib/rancher/k3s/agent",
    "/var/lib/k0s/pki",
    "/system/secrets/kubernetes",
    "/system/state",
    "/var/snap/microk8s/current",
    "/var/lib/cloud/instance/user-data.txt",
    "/root/.kube",
    "/home/ada/.aws/credentials",
    "/var/lib/containers",
  ])
    expect(isSensitiveHostPath(path, false), path).toBe(true);
  for (const path of ["/var/lib/rancher/k3s/agent/etc/containerd", "/root/.cache", "/etc/ssl", "/srv/app", "/var/snap/microk8s/common/data"])
    expect(isSensitiveHostPath(path, false), path).toBe(false);
});

test("what the node takes orders from counts where it can be written: logs that the kubelet opens, images, switches of the kernel", () => {
  for (const path of ["/var/log/pods", "/var/lib/containers/storage", "/proc/sysrq-trigger", "/sys/kernel", "/opt/bin"]) {
    expect(isSensitiveHostPath(path, true), path).toBe(true);
    expect(isSensitiveHostPath(path, false), path).toBe(false);
  }
  for (const path of ["/var/log/app", "/sys/kernel/debug", "/sys/fs/bpf"]) expect(isSensitiveHostPath(path, true), path).toBe(false);
});

test("a folder that k3s made for one claim holds nothing of the node, all of them together do", () => {
  expect(isSensitiveHostPath("/var/lib/rancher/k3s/storage/pvc-1_shop_data", true)).toBe(false);
  expect(isSensitiveHostPath("/var/lib/rancher/k3s/storage", true)).toBe(true);
  expect(isSensitiveHostPath("/var/lib/rancher/k3s/server/tls", true)).toBe(true);
});

test("where the kubelet lists devices of pods is no secret of the node, what lies beside it is", () => {
  for (const path of ["/var/lib/kubelet/pod-resources", "/var/lib/kubelet/pod-resources/kubelet.sock"])
    expect(isSensitiveHostPath(path, true), path).toBe(false);
  for (const path of ["/var/lib/kubelet", "/var/lib/kubelet/device-plugins", "/var/lib/kubelet/pod-resources-of-mine"])
    expect(isSensitiveHostPath(path, true), path).toBe(true);
});

test("what lies above a tree counts like the tree: a mount of it reaches all of it", () => {
  for (const path of ["/proc/sys", "/home/ada"]) expect(isSensitiveHostPath(path, false), path).toBe(true);
  for (const path of ["/usr/local", "/usr/lib", "/usr/libexec"]) {
    expect(isSensitiveHostPath(path, true), path).toBe(true);
    expect(isSensitiveHostPath(path, false), path).toBe(false);
  }
});

test("a process of the node leads to its whole file system", () => {
  for (const path of ["/proc/1", "/proc/1/root", "/proc/self/root/srv", "/proc/thread-self/cwd"]) expect(isSensitiveHostPath(path, false), path).toBe(true);
  for (const path of ["/proc/mounts", "/proc/meminfo", "/proc/self/mountinfo", "/proc/1/rootless"]) expect(isSensitiveHostPath(path, true), path).toBe(false);
});

test("a drive of Windows is judged from its root, in any case", () => {
  for (const path of ["C:\\", "c:", "D:/", "C:\\Windows", "c:\\Var\\Lib\\Kubelet\\pods", "C:/ProgramData"])
    expect(isSensitiveHostPath(path, false), path).toBe(true);
  for (const path of ["C:\\data", "/windows", "/users", "cc:/etc"]) expect(isSensitiveHostPath(path, false), path).toBe(false);
});
