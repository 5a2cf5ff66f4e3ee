import { fc } from "@/lib/model/testing-properties";
import { record, records, type JsonRecord } from "@/lib/model/json";

/** Nearly always the hardened value, so that most pods violate one check or none. */
function mostly(good: unknown, ...odd: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 30, arbitrary: fc.constant(good) }, { weight: 2, arbitrary: fc.constantFrom(undefined, ...odd) });
}

const seccomp = mostly(undefined, { type: "RuntimeDefault" }, { type: "Unconfined" }, { type: "Localhost", localhostProfile: "profiles/a.json" });
const appArmor = mostly(undefined, { type: "RuntimeDefault" }, { type: "Unconfined" }, { type: "Localhost", localhostProfile: "cri-containerd" });
const seLinux = mostly(
  undefined,
  {},
  { type: "container_t" },
  { type: "container_engine_t" },
  { type: "spc_t" },
  { user: "system_u" },
  { role: "object_r" },
  { level: "s0:c1" },
);
const windows = mostly(undefined, { hostProcess: false }, { runAsUserName: "ContainerUser" });
const userId = mostly(undefined, 0, 1, 65534);
const nonRoot = (good: unknown) => mostly(good, true, false);

const capabilities = mostly(
  { drop: ["ALL"] },
  null,
  {},
  { drop: [], add: null },
  { drop: ["all"] },
  { drop: ["NET_RAW"] },
  { add: ["CHOWN"], drop: ["ALL"] },
  { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
  { add: ["NET_BIND_SERVICE"] },
  { add: ["SYS_ADMIN"], drop: ["ALL"] },
  { add: ["CAP_NET_BIND_SERVICE"], drop: ["ALL"] },
  { add: ["net_bind_service"], drop: ["ALL"] },
  { drop: ["ALL", "CHOWN"] },
  { drop: ["CAP_ALL"] },
  { add: ["ALL"] },
);

const httpGet = (host?: string): JsonRecord => ({ httpGet: { port: 80, path: "/", ...(host === undefined ? {} : { host }) } });
const probe = mostly(
  undefined,
  httpGet(),
  httpGet(""),
  httpGet("127.0.0.1"),
  httpGet("10.0.0.1"),
  { tcpSocket: { port: 1, host: "::1" } },
  { tcpSocket: { port: 1, host: "example.com" } },
);
const lifecycle = mostly(
  undefined,
  { preStop: httpGet("localhost") },
  { postStart: httpGet("a.example.com") },
  { preStop: { tcpSocket: { port: 1, host: "b.example.com" } } },
);
const ports = mostly(undefined, [{ containerPort: 80 }], [{ containerPort: 80, hostPort: 0 }], [{ containerPort: 80, hostPort: 80 }]);

const VOLUMES: readonly JsonRecord[] = [
  { emptyDir: {} },
  { configMap: { name: "a" } },
  { secret: { secretName: "a" } },
  { projected: { sources: [] } },
  { downwardAPI: {} },
  { persistentVolumeClaim: { claimName: "a" } },
  { csi: { driver: "a.example.com" } },
  { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } } } },
  { hostPath: { path: "/tmp" } },
  { hostPath: { path: "/" } },
  { nfs: { server: "a", path: "/" } },
  { iscsi: { targetPortal: "a", iqn: "iqn.2001-04.com.example:a", lun: 0 } },
  { image: { reference: "example.com/data:1" } },
  {},
  { emptyDir: null },
  { emptyDir: null, hostPath: { path: "/" } },
  { hostPath: null, secret: { secretName: "a" } },
  { gitRepo: { repository: "https://example.com/a" } },
  { flexVolume: { driver: "example.com/a" } },
  { cephfs: { monitors: ["a"] } },
  { rbd: { monitors: ["a"], image: "a" } },
  { fc: { targetWWNs: ["a"], lun: 0 } },
  { azureFile: { secretName: "a", shareName: "a" } },
  { cinder: { volumeID: "a" } },
  { glusterfs: { endpoints: "a", path: "a" } },
];
const volumes: fc.Arbitrary<readonly JsonRecord[]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant([]) },
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...VOLUMES), { maxLength: 2 }) },
);

const sysctls = mostly(
  undefined,
  [{ name: "kernel.shm_rmid_forced", value: "1" }],
  [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
  [{ name: "net.ipv4.tcp_keepalive_time", value: "60" }],
  [{ name: "net.ipv4.tcp_rmem", value: "4096 87380 6291456" }],
  [{ name: "net.ipv4.tcp_notsent_lowat", value: "1" }],
  [{ name: "net/ipv4/tcp_syncookies", value: "1" }],
  [{ name: "net.core.somaxconn", value: "1024" }],
  [{ name: "net.ipv4.ip_local_reserved_ports", value: "8080" }],
  [{ name: "net.ipv4.tcp_fin_timeout", value: "60" }],
  [
    { name: "net.ipv4.tcp_wmem", value: "4096 87380 6291456" },
    { name: "net.ipv4.tcp_slow_start_after_idle", value: "0" },
  ],
);

function container(name: string): fc.Arbitrary<JsonRecord> {
  const hardened = fc.record({
    allowPrivilegeEscalation: mostly(false, true),
    privileged: mostly(undefined, true, false),
    capabilities,
    runAsNonRoot: nonRoot(undefined),
    runAsUser: userId,
    seccompProfile: seccomp,
    appArmorProfile: appArmor,
    seLinuxOptions: seLinux,
    procMount: mostly(undefined, "Default", "Unmasked"),
    windowsOptions: windows,
  });
  const securityContext = fc.oneof({ weight: 30, arbitrary: hardened }, { weight: 1, arbitrary: fc.constantFrom(null, {}) });
  return fc.record({ name: fc.constant(name), image: fc.constant("registry.example.com/a:1"), securityContext, ports, livenessProbe: probe, lifecycle });
}

const initContainer = container("init").chain((body) =>
  fc.boolean().map((isSidecar) => (isSidecar ? { ...body, restartPolicy: "Always" } : { ...body, livenessProbe: undefined, lifecycle: undefined })),
);

const hardenedPod = fc.record({
  runAsNonRoot: nonRoot(true),
  runAsUser: userId,
  seccompProfile: mostly({ type: "RuntimeDefault" }, undefined, { type: "Unconfined" }, { type: "Localhost", localhostProfile: "profiles/a.json" }),
  appArmorProfile: appArmor,
  seLinuxOptions: seLinux,
  sysctls,
  windowsOptions: mostly(undefined, { hostProcess: true }, { hostProcess: false }),
});
const podSecurityContext = fc.oneof({ weight: 30, arbitrary: hardenedPod }, { weight: 1, arbitrary: fc.constantFrom(null, {}) });

const annotations = mostly(
  undefined,
  { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" },
  { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" },
  { "container.seccomp.security.alpha.kubernetes.io/app": "unconfined" },
  { "container.apparmor.security.beta.kubernetes.io/app": "unconfined" },
  { "container.apparmor.security.beta.kubernetes.io/app": "runtime/default" },
  { "container.apparmor.security.beta.kubernetes.io/app": "localhost/a" },
  { "container.apparmor.security.beta.kubernetes.io/init": "unconfined" },
  { "container.seccomp.security.alpha.kubernetes.io/init": "localhost/a" },
  { "container.seccomp.security.alpha.kubernetes.io/nobody": "unconfined" },
);

/** Pods near the boundaries of the Pod Security checks. Some are refused by validation: these say nothing. */
export const randomPod: fc.Arbitrary<JsonRecord> = fc
  .record({
    annotations,
    hostNetwork: mostly(undefined, true, false, null),
    hostPID: mostly(undefined, true, null),
    hostIPC: mostly(undefined, true),
    hostUsers: mostly(undefined, false, true, null),
    os: mostly(undefined, { name: "linux" }, { name: "windows" }),
    securityContext: podSecurityContext,
    volumes,
    containers: fc.oneof({ weight: 5, arbitrary: fc.tuple(container("app")) }, { weight: 1, arbitrary: fc.tuple(container("app"), container("helper")) }),
    initContainers: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(initContainer) }),
  })
  .map(({ annotations: notes, volumes: volumeList, ...spec }) => {
    const named = volumeList.map((volume, index) => ({ name: `v${index}`, ...volume }));
    const metadata = { name: "random", ...(notes === undefined ? {} : { annotations: notes }) };
    // JSON leaves out what is undefined, as a manifest does.
    const pod: JsonRecord = JSON.parse(JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata, spec: makeValid({ ...spec, volumes: named }) }));
    return pod;
  });

/** Some odd values are valid only together with another one. */
function makeValid(spec: JsonRecord): JsonRecord {
  const text = JSON.stringify(spec);
  const isHostProcess = text.includes('"hostProcess":true');
  const isUnmasked = text.includes('"procMount":"Unmasked"');
  const mend = (item: JsonRecord): JsonRecord => {
    const securityContext = record(item.securityContext);
    return securityContext.privileged === true ? { ...item, securityContext: { ...securityContext, allowPrivilegeEscalation: undefined } } : item;
  };
  return {
    ...spec,
    containers: records(spec.containers).map(mend),
    initContainers: records(spec.initContainers).map(mend),
    ...(isHostProcess ? { hostNetwork: true } : {}),
    ...(isUnmasked ? { hostUsers: false } : {}),
  };
}
