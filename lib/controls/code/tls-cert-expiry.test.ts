import { describeControl } from "../testing";
import control from "./tls-cert-expiry";

const certificate = (notAfter: string, ready = "True", message: string | undefined = "The DNS challenge failed.") => ({
  apiVersion: "cert-manager.io/v1",
  kind: "Certificate",
  metadata: { name: "app", namespace: "shop" },
  spec: { secretName: "app-tls" },
  status: { notAfter, conditions: [{ type: "Ready", status: ready, reason: "Failed", message }] },
});

function planned(notAfter: string, renewalTime: string, ready?: string) {
  const { status, ...rest } = certificate(notAfter, ready);
  return { ...rest, status: { ...status, renewalTime } };
}

describeControl(control, {
  fails: [
    {
      name: "it ends within two weeks",
      objects: [certificate("2026-12-01T00:00:00Z")],
      evidence: [{ path: "status.notAfter", value: "2026-12-01T00:00:00Z" }],
      severity: "high",
    },
    {
      name: "the day to renew it cannot be read",
      objects: [planned("2026-12-01T00:00:00Z", "soon")],
      evidence: [{ path: "status.notAfter", message: "Certificate shop/app expires on 2026-12-01." }],
    },
    {
      name: "the day to renew it has passed",
      objects: [planned("2026-12-10T00:00:00Z", "2026-11-20T00:00:00Z")],
      evidence: [{ path: "status.notAfter", message: "Certificate shop/app was to be renewed on 2026-11-20, and expires on 2026-12-10." }],
    },
    {
      name: "it is not due yet, and could not be renewed",
      objects: [planned("2026-11-28T00:00:00Z", "2026-11-27T00:00:00Z", "False")],
      evidence: [{ path: "status.notAfter", message: "Certificate shop/app expires on 2026-11-28." }],
    },
    { name: "it has ended", objects: [certificate("2026-11-01T00:00:00Z")], severity: "high" },
    { name: "it ends within a month", objects: [certificate("2026-12-20T00:00:00Z")], severity: "medium" },
    {
      name: "it is not renewed",
      objects: [certificate("2027-02-01T00:00:00Z", "False")],
      severity: "medium",
      evidence: [{ path: "status.conditions[0]", message: "Certificate shop/app is not ready: The DNS challenge failed." }],
    },
    {
      name: "it is not renewed, and whoever writes its status leaves a gap in a sentence, which took minutes",
      objects: [certificate("2027-02-01T00:00:00Z", "False", `It fails.${" ".repeat(200_000)}Wait. `)],
      evidence: [{ path: "status.conditions[0]" }],
    },
    {
      name: "it is not renewed, and its controller ends without a full stop",
      objects: [certificate("2027-02-01T00:00:00Z", "False", "Issuing certificate as Secret does not exist")],
      evidence: [{ path: "status.conditions[0]", message: "Certificate shop/app is not ready: Issuing certificate as Secret does not exist." }],
    },
  ],
  passes: [
    { name: "it ends in months", objects: [certificate("2027-02-01T00:00:00Z")] },
    { name: "it lives for days, and is not due yet", objects: [planned("2026-11-28T00:00:00Z", "2026-11-27T00:00:00Z")] },
  ],
  unknown: [
    { name: "no certificate is shown", objects: [] },
    { name: "others may be elsewhere", objects: [certificate("2027-02-01T00:00:00Z")], complete: false },
    {
      name: "one that nothing is known of",
      objects: [certificate("2027-02-01T00:00:00Z"), { ...certificate(""), metadata: { name: "new", namespace: "shop" }, status: {} }],
    },
  ],
});
