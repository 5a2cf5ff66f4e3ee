/** Sockets of container runtimes: who can write to one commands the runtime of the node. */
export const RUNTIME_SOCKETS = [
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/run/containerd/containerd.sock",
  "/var/run/containerd/containerd.sock",
  "/run/k3s/containerd/containerd.sock",
  "/var/run/k3s/containerd/containerd.sock",
  "/var/run/crio/crio.sock",
  "/run/crio/crio.sock",
  "/run/podman/podman.sock",
  "/var/run/podman/podman.sock",
  "/var/run/cri-dockerd.sock",
  "/run/cri-dockerd.sock",
  "/var/run/dockershim.sock",
  "/run/dockershim.sock",
  "/var/run/docker/containerd/containerd.sock",
  "/run/docker/containerd/containerd.sock",
] as const;

export const WINDOWS_RUNTIME_PIPES = ["docker_engine", "containerd-containerd"] as const;

/** Mounting one of these, or a directory above it, gives up the node or the credentials on it. */
export const SENSITIVE_PATHS = [
  "/etc",
  "/root",
  "/home",
  "/boot",
  "/proc",
  "/sys",
  "/dev",
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib64",
  "/opt/cni",
  "/etc/kubernetes",
  "/etc/cni",
  "/var/lib/kubelet",
  "/var/lib/etcd",
  "/var/lib/docker",
  "/var/lib/containerd",
  "/var/lib/crio",
  "/var/lib/rancher",
  "/var/log",
  "/var/spool/cron",
  "/run/systemd",
  "/var/run/systemd",
] as const;

/** Here anything below counts as well. `*` stands for one path segment. */
export const SENSITIVE_TREES = ["/etc/kubernetes", "/var/lib/kubelet", "/var/lib/etcd", "/root/.ssh", "/home/*/.ssh", "/proc/sys/kernel"] as const;
