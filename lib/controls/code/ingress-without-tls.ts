import type { KubeObject } from "../../inventory/kube-object";
import { isRecord, list, record, records, text, texts } from "../../model/json";
import { defineControl, type Weakness, weakness } from "../define";
import { set } from "../remedies/ops";

/** Annotations by which a controller takes its certificate from elsewhere. */
const PROVIDER_CERTIFICATE: readonly (readonly [name: string, value: RegExp])[] = [
  ["alb.ingress.kubernetes.io/certificate-arn", /./],
  ["alb.ingress.kubernetes.io/listen-ports", /HTTPS/],
  ["networking.gke.io/managed-certificates", /./],
  ["ingress.gcp.kubernetes.io/pre-shared-cert", /./],
  ["networking.gke.io/certmap", /./],
  ["appgw.ingress.kubernetes.io/appgw-ssl-certificate", /./],
  ["kubernetes.azure.com/tls-cert-keyvault-uri", /./],
  ["traefik.ingress.kubernetes.io/router.tls", /^true$/],
  ["route.openshift.io/termination", /./],
];

const ALLOW_HTTP = "kubernetes.io/ingress.allow-http";

function covers(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  return pattern.startsWith("*.") && host.slice(host.indexOf(".") + 1) === pattern.slice(2) && host.includes(".");
}

function isCovered(ingress: KubeObject, host: string): boolean {
  return records(record(ingress.body.spec).tls).some((entry) => {
    const hosts = texts(entry.hosts);
    return hosts.length === 0 || hosts.some((pattern) => covers(pattern, host));
  });
}

function findCertificateAnnotation(ingress: KubeObject): string | undefined {
  return PROVIDER_CERTIFICATE.find(([name, value]) => value.test(ingress.annotations[name] ?? ""))?.[0];
}

export default defineControl({
  id: "ingress-without-tls",
  layer: "code",
  severity: "medium",
  title: "Every host of an Ingress is served with TLS",
  failure: "serves a host without TLS",
  why: "Without TLS anyone between the user and the cluster can read passwords and session cookies, and can change what the user is sent.",
  action: "Serve every Ingress host with TLS",
  fix: "Add the host to spec.tls with a Secret that holds its certificate; cert-manager issues and renews it.",
  verify: 'kubectl get ingress NAME -n NAMESPACE -o jsonpath=\'{.spec.rules[*].host}{"\\n"}{.spec.tls}{"\\n"}\'',
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557", "T1040"], owasp: ["K05"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#tls", "https://cert-manager.io/docs/usage/ingress/"],
  aliases: ["ingress-tls"],
  subject: "ingress",
  reads: [],
  check: (ingress) => {
    const spec = record(ingress.body.spec);
    const annotation = findCertificateAnnotation(ingress);
    if (annotation)
      return {
        state: "pass",
        notes: [weakness(`metadata.annotations["${annotation}"]`, ingress.annotations[annotation], "The controller takes its certificate from here.")],
      };
    const found = list(spec.rules).flatMap((item, index): Weakness[] => {
      const host = text(record(item).host) ?? "";
      if (isCovered(ingress, host)) return [];
      const path = `spec.rules[${index}]${host ? ".host" : ""}`;
      return [
        weakness(
          path,
          host || undefined,
          host ? `No entry of spec.tls covers ${host}.` : "The rule names no host, and no entry of spec.tls covers every host.",
          { hint: host },
        ),
      ];
    });
    const backend = isRecord(spec.defaultBackend) ? "spec.defaultBackend" : isRecord(spec.backend) ? "spec.backend" : null;
    if (backend && !isCovered(ingress, "")) {
      found.push(weakness(backend, spec.defaultBackend ?? spec.backend, "The default backend is served without TLS.", { hint: "" }));
    }
    if (ingress.annotations[ALLOW_HTTP] === "true") {
      found.push(weakness(`metadata.annotations["${ALLOW_HTTP}"]`, "true", "Plain HTTP is allowed beside TLS.", { severity: "low" }));
    }
    if (found.length > 0) return found;
    const bare = list(spec.tls).flatMap((item, index) =>
      text(record(item).secretName)
        ? []
        : [weakness(`spec.tls[${index}].secretName`, undefined, "No certificate is named: the controller uses its default one.")],
    );
    return { state: "pass", notes: bare };
  },
  remedy: (ingress, weaknesses) => {
    const plain = weaknesses.filter((item) => item.hint === undefined).map((item) => set(item.path, "false"));
    const hosts = weaknesses.flatMap((item) => (typeof item.hint === "string" ? [item.hint] : []));
    if (hosts.length === 0) return { ops: plain, risk: "none" };
    const secretName = `${ingress.ref.name}-tls`;
    const entry = hosts.includes("") ? { secretName } : { hosts: [...new Set(hosts)], secretName };
    return {
      ops: [set("spec.tls[-]", entry), ...plain],
      create: [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: secretName, namespace: ingress.ref.namespace ?? "default" },
          type: "kubernetes.io/tls",
          stringData: { "tls.crt": "<the certificate>", "tls.key": "<its private key>" },
        },
      ],
      risk: "none",
      note: "Leave the Secret out when it exists; with cert-manager, add the annotation of your issuer instead.",
    };
  },
});
