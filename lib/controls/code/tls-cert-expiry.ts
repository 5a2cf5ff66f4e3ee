import { daysBetween } from "../../inventory/values/days";
import { record, records, text } from "../../model/json";
import { defineControl, type Outcome, unknown, type Weakness, weakness } from "../define";

const URGENT_DAYS = 14;
const SOON_DAYS = 30;

export default defineControl({
  id: "tls-cert-expiry",
  layer: "code",
  severity: "high",
  title: "Certificates are renewed in time",
  failure: "has a certificate that has expired, expires soon or is not ready",
  why: "An expired certificate takes the service down, and in the hurry to repair it verification often gets switched off.",
  action: "Repair the renewal of certificates",
  fix: "Look at the conditions and events of the Certificate (`kubectl describe certificate NAME -n NAMESPACE`): usually the issuer, its account or the DNS challenge fails. `cmctl renew` tries again at once.",
  verify:
    "kubectl get certificates.cert-manager.io -A -o custom-columns='NAMESPACE:.metadata.namespace,NAME:.metadata.name,READY:.status.conditions[?(@.type==\"Ready\")].status,ENDS:.status.notAfter'",
  lookFor: "`False` under READY, or a date under ENDS that is less than a month away.",
  tips: ["S1"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://cert-manager.io/docs/usage/certificate/", "https://cert-manager.io/docs/troubleshooting/"],
  subject: "cluster",
  reads: ["certificates"],
  wholeCluster: "pass",
  check: (_cluster, { slices, observedAt }): Outcome => {
    if (slices.certificates.length === 0)
      return unknown("No cert-manager Certificate is here; when other certificates expire is in Secrets, which are not read.");
    const found = slices.certificates.flatMap((item): Weakness[] => {
      const status = record(item.body.status);
      const name = `${item.ref.namespace}/${item.ref.name}`;
      const conditions = records(status.conditions);
      const index = conditions.findIndex((condition) => condition.type === "Ready" && condition.status === "False");
      const endsAt = text(status.notAfter);
      const left = endsAt ? daysBetween(observedAt, endsAt) : Number.NaN;
      const renewal = text(status.renewalTime) ?? "";
      const renewsAt = Number.isNaN(Date.parse(renewal)) ? undefined : renewal;
      // One that lives for hours or days is not late before the day that cert-manager has set for it.
      const isDue = !renewsAt || index >= 0 || left < 0 || Date.parse(renewsAt) <= Date.parse(observedAt);
      if (endsAt && left < SOON_DAYS && isDue) {
        const planned = renewsAt && left >= 0 && index < 0 ? `was to be renewed on ${renewsAt.slice(0, 10)}, and ` : "";
        const when = `${planned}${left < 0 ? "expired" : "expires"} on ${endsAt.slice(0, 10)}`;
        return [weakness("status.notAfter", endsAt, `Certificate ${name} ${when}.`, { object: item.ref, severity: left < URGENT_DAYS ? "high" : "medium" })];
      }
      if (index < 0) return [];
      return [
        weakness(
          `status.conditions[${index}]`,
          text(conditions[index]?.reason),
          `Certificate ${name} is not ready: ${(text(conditions[index]?.message) || "no reason is given").trimEnd().replace(/\.?$/, ".")}`,
          { object: item.ref, severity: "medium" },
        ),
      ];
    });
    const [mute] = slices.certificates.filter((item) => !text(record(item.body.status).notAfter));
    if (found.length > 0 || !mute) return found;
    return unknown(`Certificate ${mute.ref.namespace}/${mute.ref.name} does not say when it expires: nothing has been issued for it that is known.`);
  },
  remedy: null,
});
