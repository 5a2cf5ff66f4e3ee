import "server-only";
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Common text of manifests, the most common last: halves the size of a small body. Stored bodies depend on it: never change it. */
const DICTIONARY = Buffer.from(
  '"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list","watch"]}],"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"' +
    '"subjects":[{"kind":"ServiceAccount","policyTypes":["Ingress","Egress"],"podSelector":{"matchLabels":{"ports":[{"name":"http","port":80,"protocol":"TCP","targetPort":8080}],"type":"ClusterIP"' +
    '"volumes":[{"name":"data","emptyDir":{}},{"name":"config","configMap":{"defaultMode":420,"name":"},"hostPath":{"path":"/var/run","type":""},"volumeMounts":[{"mountPath":"/","readOnly":true' +
    '"livenessProbe":{"failureThreshold":3,"httpGet":{"path":"/healthz","port":"http","scheme":"HTTP"},"periodSeconds":10,"successThreshold":1,"timeoutSeconds":1},"readinessProbe":{' +
    '"env":[{"name":"","valueFrom":{"secretKeyRef":{"key":"","name":"","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}},"envFrom":[{"args":["--' +
    '"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_ADMIN"]},"privileged":true,"readOnlyRootFilesystem":true,"runAsNonRoot":true,"runAsUser":1000,"fsGroup":1000,"seccompProfile":{"type":"RuntimeDefault"}},' +
    '"resources":{"limits":{"cpu":"500m","memory":"512Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent",' +
    '"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","serviceAccount":"default","serviceAccountName":"default","terminationGracePeriodSeconds":30,"automountServiceAccountToken":false' +
    '"strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"},"progressDeadlineSeconds":600,"replicas":1,"revisionHistoryLimit":10,"selector":{"matchLabels":{"app":"' +
    '"annotations":{"deployment.kubernetes.io/revision":"1"},"creationTimestamp":"2026-01-01T00:00:00Z","generation":1,"labels":{"app.kubernetes.io/name":"","app.kubernetes.io/instance":"","app.kubernetes.io/managed-by":"Helm"},' +
    '"namespace":"default","resourceVersion":"1","uid":""},"spec":{"template":{"metadata":{"labels":{"app":"' +
    '"spec":{"containers":[{"name":"app","image":"' +
    '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"',
);

// Level 3 with small chunks takes 40 % less time than level 4 and 2 % more room; little memory, because making it ready is a third of the work.
const OPTIONS = { dictionary: DICTIONARY, level: 3, memLevel: 4, windowBits: 13, chunkSize: 1024 } as const;

/** A manifest, as JSON, in few bytes. */
export function packManifest(json: string): Buffer {
  return deflateRawSync(json, OPTIONS);
}

/** The JSON that was packed. Making room for 16 KiB, as zlib does by itself, takes a third of the time that a small body takes. */
export function unpackManifest(body: Uint8Array): string {
  return inflateRawSync(body, { dictionary: DICTIONARY, windowBits: 13, chunkSize: 4_096 }).toString("utf8");
}
