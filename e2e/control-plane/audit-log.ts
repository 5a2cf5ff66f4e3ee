import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dig, isRecord, text } from "@/lib/model/json";
import { MACHINERY_USER } from "./credentials";

export interface AuditLine {
  readonly user: string;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace: string;
  readonly status: number;
  readonly uri: string;
  /** What a service account was given that asked for Secrets; null for everything else. */
  readonly given: unknown;
}

/** Who did what to which kind, for everybody but the control plane itself; bodies only where Secrets were given to service accounts. */
export function writeAuditPolicy(file: string): string {
  const policy = {
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived"],
    rules: [
      { level: "None", users: [MACHINERY_USER, "system:apiserver"] },
      { level: "RequestResponse", userGroups: ["system:serviceaccounts"], resources: [{ group: "", resources: ["secrets"] }] },
      { level: "Metadata" },
    ],
  };
  writeFileSync(file, JSON.stringify(policy));
  return file;
}

export function readAuditLog(file: string): readonly AuditLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines
    .map((line) => JSON.parse(line) as unknown)
    .filter(isRecord)
    .map((event) => ({
      user: text(dig(event, "user", "username")) ?? "",
      verb: text(event.verb) ?? "",
      group: text(dig(event, "objectRef", "apiGroup")) ?? "",
      resource: text(dig(event, "objectRef", "resource")) ?? "",
      namespace: text(dig(event, "objectRef", "namespace")) ?? "",
      status: Number(dig(event, "responseStatus", "code") ?? 0),
      uri: text(event.requestURI) ?? "",
      given: event.responseObject ?? null,
    }));
}
