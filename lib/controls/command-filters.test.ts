import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { findControl, listControls } from "./registry";

/** A line of a pod that fails, and one of a pod that passes, as kubectl prints them for the command of a control. */
const LINES: readonly (readonly [control: string, fails: string, passes: string])[] = [
  ["apparmor-unconfined", "shop/a pod= annotations={} c=Unconfined", 'shop/unconfined pod= annotations={"a":"b"} c=RuntimeDefault'],
  ["apparmor-unconfined", 'shop/a pod= annotations={"container.apparmor.security.beta.kubernetes.io/c":"unconfined"} c=', "shop/b pod= annotations= c="],
  ["capabilities-beyond-baseline", 'shop/a init= c=["NET_RAW"]', "shop/b init= c="],
  ["capabilities-beyond-baseline", 'shop/a c=["CHOWN","chown"]', 'shop/b init=["KILL"] c=["CHOWN","SETUID"]'],
  ["capabilities-dangerous", 'shop/a init=["SYS_ADMIN"] c=', "shop/b c="],
  ["capabilities-dangerous", 'shop/a c=["CHOWN","CAP_sys_time"]', 'shop/b c=["NET_BIND_SERVICE","SYS_CHROOT"]'],
  ["capabilities-not-dropped", 'shop/a init=["ALL"], c=["NET_RAW"],', 'shop/b init=["NET_RAW","ALL"], c=["ALL"],'],
  ["capabilities-not-dropped", 'shop/a init=, c=["ALL"],', 'shop/b c=["ALL","CHOWN"],["NET_BIND_SERVICE"]'],
  ["capabilities-not-dropped", 'shop/a init=["ALL"],["CHOWN"] c=["ALL"],', 'shop/b init=["ALL"], c=["ALL"],'],
  ["capabilities-not-dropped", 'shop/a c=,["ALL"]', 'shop/b c=["ALL"],'],
  ["container-privileged", "shop/a init=true c=", "shop/b init= c=false"],
  ["default-sa-automount", "shop   true", "shop   false"],
  ["default-sa-automount", "shop   <none>", "shop   false"],
  ["default-sa-in-use", "shop/a token=token", "shop/b token="],
  ["ephemeral-debug-container", "shop   a   debugger   <none>", "shop   b   <none>   <none>"],
  ["ephemeral-storage-unbounded", 'shop/a pod= emptyDirs={"sizeLimit":"1Gi"} {} c=,', 'shop/b pod= emptyDirs={"medium":"Memory","sizeLimit":"1Gi"} c=,'],
  ["ephemeral-storage-unbounded", 'shop/a pod= emptyDirs={"medium":"Memory"} c=1Gi,', "shop/b pod=1Gi emptyDirs= c=1Gi,256Mi"],
  ["ephemeral-storage-unbounded", 'shop/a pod= emptyDirs={"medium":"Memory","sizeLimit":"0"} c=,', 'shop/b pod= emptyDirs={"sizeLimit":"10Mi"} c=,'],
  ["ephemeral-storage-unbounded", 'shop/a pod= emptyDirs={"sizeLimit":"0"} c=,', "shop/b pod= emptyDirs= c=,"],
  ["host-port", "shop/a c=8080 9090", "shop/b c="],
  ["hostpath-sensitive", "shop   a   /etc     <none>   <none>", "shop   b   <none>   <none>   <none>"],
  ["hostpath-sensitive", "shop   a   <none>   data   <none>", "shop   b   <none>   <none>   <none>"],
  ["hostpath-sensitive", "shop   a   <none>   <none>   disk", "shop   b   <none>   <none>   <none>"],
  ["hostpath-volume", "shop   a   /var/log", "shop   b   <none>"],
  ["image-not-digest-pinned", "shop/a running=x@sha256:1 c=nginx:1.29", "shop/b running=x@sha256:1 y@sha256:2 c=nginx:1.29@sha256:1"],
  ["image-pull-policy", "shop/a init=nginx,Always c=nginx,IfNotPresent", "shop/b c=nginx,Always"],
  [
    "image-pull-policy",
    'shop/a c=x,Always data={"pullPolicy":"IfNotPresent","reference":"d:latest"},',
    'shop/b c=x,Always data={"pullPolicy":"Always","reference":"d"},',
  ],
  ["image-registry-dead", "shop/a init=nginx c=k8s.gcr.io/pause:3.9", "shop/b c=registry.k8s.io/pause:3.9"],
  ["image-tag-mutable", "shop/a running= init=busybox c=nginx:1.29@sha256:1", "shop/b running=x@sha256:1 c=nginx:latest@sha256:1"],
  [
    "image-tag-mutable",
    'shop/a running=x@sha256:1 c=x@sha256:1 data={"pullPolicy":"Always","reference":"data:latest"}',
    'shop/b running=x@sha256:1 c=x@sha256:1 data={"pullPolicy":"Always","reference":"data@sha256:1"}',
  ],
  ["ingress-nginx-retired", "nginx/a c=registry.k8s.io/ingress-nginx/controller:v1.13.0", "nginx/b c=traefik:3"],
  ["ingress-snippets-flag", 'nginx/a c=["-enable-snippets","-v=3"]', 'nginx/b c=["-v=3"]'],
  ["ingress-snippets-flag", 'nginx/a c=["-enable-snippets=true"]', 'nginx/b c=["-enable-snippets=false"]'],
  ["metrics-alerting-absent", "watch   alertmanager-0   1/1   Running", "shop   web-0   1/1   Running"],
  ["net-raw-retained", 'shop/a init=["CHOWN"],, c=["NET_RAW"],,', 'shop/b init=["ALL"],, c=["CHOWN","NET_RAW"],["CHOWN"],false'],
  ["net-raw-retained", 'shop/a c=["CAP_NET_RAW"],,', 'shop/b c=["net_raw"],,'],
  ["net-raw-retained", 'shop/a c=["CHOWN"],["ALL"],', 'shop/b c=["all"],["NET_BIND_SERVICE"],'],
  ["net-raw-retained", 'shop/a init=["ALL"],, c=["ALL"],["CHOWN","CAP_net_raw"],', 'shop/b init=["ALL"],["CHOWN"], c=["ALL"],,'],
  ["net-raw-retained", 'shop/a c=["ALL"],,true d=["ALL"],,', 'shop/b c=["ALL"],,false d=["ALL"],,'],
  ["privilege-escalation-allowed", "shop/a init= c=false", "shop/b init=false c=false"],
  ["proc-mount-unmasked", "shop/a hostUsers= c=Unmasked", "shop/b hostUsers= c=Default"],
  ["resource-limits-missing", "shop/a pod= init=1Gi c=", "shop/b pod=1Gi init= c="],
  ["resource-limits-missing", "shop/a pod=0 init=1Gi c=0", "shop/b pod= init=1Gi c=100Mi"],
  ["resource-requests-missing", 'shop/a pod= init={"cpu":"1","memory":"1Gi"} c={"cpu":"1"}', 'shop/b pod= c={"cpu":"1","memory":"1Gi"}'],
  ["resource-requests-missing", 'shop/a pod= c={"cpu":"0","memory":"1Gi"}', 'shop/b pod= c={"cpu":"1500m","memory":"1Gi"}'],
  ["root-fs-writable", "shop/a init=true c=", "shop/b init=true c=true"],
  ["run-as-non-root", "shop/a pod= init=true c=", "shop/b pod=true init= c="],
  ["run-as-non-root", "shop/a pod=true c=false", "shop/b pod= init=true c=true"],
  ["run-as-root-group", "shop/a pod= fsGroup=0 more= c=", "shop/b pod=10 fsGroup=100 more= c=10"],
  ["run-as-root-group", "shop/a pod= fsGroup= more=[7,0,9] c=", "shop/b pod= fsGroup= more=[10,20] c="],
  ["run-as-root-uid", "shop/a pod=1000 windows= c=0,", "shop/b pod=10 windows= c=1000,"],
  ["run-as-root-uid", "shop/a pod=0 windows= c=,", "shop/b pod= windows= c=,ContainerUser"],
  ["run-as-root-uid", "shop/a pod= windows=ContainerAdministrator c=,", "shop/b pod= windows=10 c=,"],
  ["runtime-socket-mount", "shop   a   /run     <none>   <none>", "shop   b   <none>   <none>   <none>"],
  ["runtimeclass-sandbox", "shop   a   gvisor", "shop   b   <none>"],
  ["seccomp-not-set", "shop/a pod= init=RuntimeDefault c=", "shop/b pod=RuntimeDefault c="],
  ["seccomp-unconfined", "shop/a pod=Unconfined c=", "shop/b pod=RuntimeDefault c="],
  ["selinux-custom-options", 'shop/a pod={"level":"s0","type":"spc_t"} c=', 'shop/b pod={"level":"s0:c1"} c='],
  ["selinux-custom-options", 'shop/a pod={"type":"container_runtime_t"} c={"type":"container_t"}', 'shop/b pod={"level":"s0:c1","type":"container_t"} c='],
  [
    "selinux-custom-options",
    'shop/a pod={"type":"container_t","user":"sysadm_u"} c=',
    'shop/b pod= c={"type":"container_init_t"} d={"type":"container_kvm_t"}',
  ],
  ["unsafe-sysctls", "shop   a   kernel.msgmax", "shop   b   <none>"],
  ["user-namespace-missing", "shop/a hostUsers= pod=true user= c=,,,true", "shop/b hostUsers=false pod= user= c=,,,"],
  ["windows-host-process", "shop/a pod=true c=", "shop/b pod= c=false"],
];

const HAS_BASH = spawnSync("bash", ["--version"]).status === 0;

test.skipIf(!HAS_BASH).each(LINES)("the command of %s shows the pod that fails, and not the one that passes: %s", (control, fails, passes) => {
  const [, filter] = / \| ((?:grep|awk) [^;]*)/.exec(findControl(control)?.verify ?? "") ?? [];
  const { stdout, stderr } = spawnSync("bash", ["-c", filter ?? "false"], { input: `${fails}\n${passes}\n`, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: `${fails}\n`, stderr: "" });
});

/** Which registries are a cluster's own, and what its namespaces say of trust, no pod tells. */
const SHOWS_ALL = ["image-registry-public", "image-registry-untrusted", "sandbox-runtime-missing"];

test("every other command that goes through all pods leaves those out that pass, and one that filters is tried above", () => {
  const throughAll = listControls().filter(({ verify }) => verify.includes("get pods -A"));
  const unfiltered = throughAll.filter(({ verify }) => !/ \| (?:grep|awk) |select\(|items\[\?\(@/.test(verify));
  expect(unfiltered.map(({ id }) => id).sort(), "let each command leave out the pods that pass, or name its control in SHOWS_ALL").toEqual(SHOWS_ALL);
  const untried = throughAll.filter(({ id, verify }) => / \| (?:grep|awk) /.test(verify) && !LINES.some(([control]) => control === id));
  expect(
    untried.map(({ id }) => id),
    "give each of these controls an entry in LINES: a line that its command keeps, and one that it leaves out",
  ).toEqual([]);
});
