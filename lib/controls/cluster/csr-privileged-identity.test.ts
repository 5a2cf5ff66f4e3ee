import { clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./csr-privileged-identity";

/** Made with openssl for these tests; the keys were thrown away. */
const MASTERS_AND_JANE =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIeE1JR1lBZ0VBTURZeEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVF3d0NnWURWUVFLREFOawpaWFl4RFRBTEJnTlZCQU1NQkdwaGJtVXdXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBU0x0d2UrClVlbURneHBRMy82NHFIYWhnQWYwOEt1WXlPNmtPNVFxY2NTZHpMcG5KaVk1UHdlcmpqekhHMURKMG4ydFZsK0MKTmFPTGZxQ0Zhc1hIV29EeG9BQXdDZ1lJS29aSXpqMEVBd0lEU0FBd1JRSWdWc0MrRGNIMVQ5bXFTWk82WXZCOQpVNGlDZVc3eHQwSk1QVkZQbEphSTVkb0NJUUN4RVhpQkpIZXRvcng3R3YvUmJrWk0wVGNPVWdZU0xsbXoxemNLCitrdzUyQT09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=";
const JANE =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWE1IOENBUUF3SFRFTk1Bc0dBMVVFQXd3RWFtRnVaVEVNTUFvR0ExVUVDZ3dEWkdWMk1Ga3dFd1lIS29aSQp6ajBDQVFZSUtvWkl6ajBEQVFjRFFnQUVWZXFsSFMrWEZJOWNLQ3AvZnVZc3ZKbngxWWJ0UncvdUJPaDZ0TldOClRLUExJM3V0cUo1UTdJT3hxNTV1aTNVZmpjODExK2hjcUpBOHc3R1VpRlAwTWFBQU1Bb0dDQ3FHU000OUJBTUMKQTBnQU1FVUNJRTN4OEpVcDh6aDRhaXRiUG1QZHVYM0M4WVRSQ3J2SC9ybVpiQXFEdkRjN0FpRUFqK3c5bU5yeQpDUzlERjAwM2tXSjFDQ3RCd0hNd0V4UGtBRlBPb3ZCUGcyOD0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==";
const SYSTEM =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIa01JR0xBZ0VBTUNreEp6QWxCZ05WQkFNTUhuTjVjM1JsYlRwcmRXSmxMV052Ym5SeWIyeHNaWEl0YldGdQpZV2RsY2pCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkxaK2JZWnB6WElCTGxJN3FtN0o2bmdICjE4YXJjVGFRb25RNWtPQmlHRXBFUHdqNWRoM25FMmQyZEdRV3pqY3NFT08vQ2hYNXJ4TUFIS213S3FOdkJPT2cKQURBS0JnZ3Foa2pPUFFRREFnTklBREJGQWlBSlhnN3hoMmdZczFPaWRIS05Ra0hOY0IzdFpOWVNiU3NyZWcwZgo1MWtFWEFJaEFMT2hXZjViTDVINENxeTVabm91VW1qR1hBQjVDeDhnd09Cb2thbktUakVXCi0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=";

const TEN_YEARS =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJqekNDQVRXZ0F3SUJBZ0lVS0tCZVdGeUR3V2tJc0JrYkEya0FNZDZNUHYwd0NnWUlLb1pJemowRUF3SXcKSFRFTU1Bb0dBMVVFQ2d3RFpHVjJNUTB3Q3dZRFZRUUREQVJxWVc1bE1CNFhEVEkyTVRFeU5USXlNakExTkZvWApEVE0yTVRFeU1qSXlNakExTkZvd0hURU1NQW9HQTFVRUNnd0RaR1YyTVEwd0N3WURWUVFEREFScVlXNWxNRmt3CkV3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFQ0QxVHpteUZ6Y2xkZHNlNitZSUhxMnV4ZExPZGxTZTYKOTNPQmc3ZWdVbFo4aDRUYVJZM0E4WVgyWDdxVVVLSllaZGtNTjlWbzlaaXRTNjVRUDV6L2xLTlRNRkV3SFFZRApWUjBPQkJZRUZCZEE4emY5N2xPRS9OeFlVY082S0w3SmptWEZNQjhHQTFVZEl3UVlNQmFBRkJkQTh6Zjk3bE9FCi9OeFlVY082S0w3SmptWEZNQThHQTFVZEV3RUIvd1FGTUFNQkFmOHdDZ1lJS29aSXpqMEVBd0lEU0FBd1JRSWcKT0lIOXF1ZytZczdybzBpRGJqaVhEUDB1a29SZmdyNlVPcUtVaVIrOTRpSUNJUURQb1NDZTZOaDBOMzdNSktxWQpXWVh6YmhycUh5N2svK3R5T2JSamtVSWJzUT09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K";
const ONE_YEAR =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJqekNDQVRXZ0F3SUJBZ0lVZEdzNUtZemp0a0hodlpyL0RVRWFzSXFLTlV3d0NnWUlLb1pJemowRUF3SXcKSFRFTU1Bb0dBMVVFQ2d3RFpHVjJNUTB3Q3dZRFZRUUREQVJxWVc1bE1CNFhEVEkyTVRFeU5USXlNakExTkZvWApEVEkzTVRFeU5USXlNakExTkZvd0hURU1NQW9HQTFVRUNnd0RaR1YyTVEwd0N3WURWUVFEREFScVlXNWxNRmt3CkV3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFQlhmRllRYzFKMmV4U3gveXVhWEl6MkFxWDcyYzdUSnMKemZ0alg0dnZqL2g4OGpLY1A4N09VUzJWaGVCNGp6TGNQUkJjNHlBWllnNElBN0c2ZEJUVFhLTlRNRkV3SFFZRApWUjBPQkJZRUZQZVQ0M05NZmROOWpma3pGSFNhOTUvci9TVXZNQjhHQTFVZEl3UVlNQmFBRlBlVDQzTk1mZE45Cmpma3pGSFNhOTUvci9TVXZNQThHQTFVZEV3RUIvd1FGTUFNQkFmOHdDZ1lJS29aSXpqMEVBd0lEU0FBd1JRSWgKQU0wNExya1lmOXBzUzJEN1NwWllTQk5BVzQ3bDY5VVNpVXF2d1lYOUJTcXhBaUFjc0JNRzNpWVpSWTRVM0hqdAp4Y2YxeVhqSmdOcW1SaGRVWjR5SVJaR1grdz09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K";

const request = (value: string, part: object = {}, conditions: readonly object[] = [{ type: "Approved", status: "True" }]) => ({
  apiVersion: "certificates.k8s.io/v1",
  kind: "CertificateSigningRequest",
  metadata: { name: "jane", creationTimestamp: "2026-11-24T20:00:00Z" },
  spec: { signerName: "kubernetes.io/kube-apiserver-client", request: value, usages: ["client auth"], ...part },
  status: { conditions },
});
const issued = (value: string, certificate: string) => ({ ...request(value), status: { ...request(value).status, certificate } });
const admin = clusterRoleBinding({
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
  subjects: [{ kind: "User", name: "jane" }],
});
const clusterAdmin = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "cluster-admin" },
  rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
};

describeControl(control, {
  fails: [
    { name: "the group of masters", objects: [request(MASTERS_AND_JANE)], evidence: [{ path: "spec.request", value: "O=system:masters" }], severity: "high" },
    { name: "a name of the system", objects: [request(SYSTEM)], evidence: [{ path: "spec.request", value: "CN=system:kube-controller-manager" }] },
    { name: "a name that is bound to everything", objects: [request(JANE), admin, clusterAdmin], evidence: [{ path: "spec.request", value: "CN=jane" }] },
    { name: "nobody has decided for hours", objects: [request(MASTERS_AND_JANE, {}, [])], severity: "low" },
    { name: "nobody has decided, in a manifest", objects: [{ ...request(MASTERS_AND_JANE, {}, []), metadata: { name: "jane" } }], severity: "low" },
    {
      name: "a certificate for years, by the default of its signer",
      objects: [issued(JANE, TEN_YEARS)],
      evidence: [{ path: "status.certificate", value: "3650 days" }],
      severity: "medium",
    },
    { name: "a certificate for years", objects: [request(JANE, { expirationSeconds: 94_608_000 })], severity: "medium" },
  ],
  passes: [
    {
      name: "nobody has decided for a moment",
      objects: [{ ...request(MASTERS_AND_JANE, {}, []), metadata: { name: "jane", creationTimestamp: "2026-11-24T23:30:00Z" } }],
    },
    { name: "a person with no rights to speak of", objects: [request(JANE, { expirationSeconds: 86_400 })] },
    { name: "a certificate for a year", objects: [issued(JANE, ONE_YEAR)] },
  ],
  notApplicable: [
    { name: "a kubelet", objects: [request(SYSTEM, { signerName: "kubernetes.io/kube-apiserver-client-kubelet" })] },
    { name: "denied", objects: [request(MASTERS_AND_JANE, {}, [{ type: "Denied", status: "True" }])] },
  ],
  unknown: [
    { name: "a request that cannot be read", objects: [request("bm90IGEgcmVxdWVzdA==")] },
    { name: "bindings cannot be listed", objects: [request(JANE)], missing: ["bindings"] },
  ],
});
