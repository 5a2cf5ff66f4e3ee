import { describe, expect, test } from "vitest";
import { ADMIN_CONSOLES_AS_OF } from "./admin-consoles";
import { AGENTS_AS_OF } from "./agents";
import { KERNEL_RELEASES_AS_OF, KERNEL_RELEASES_SOURCES } from "./kernel-releases";
import { KUBERNETES_PATCHES_AS_OF, KUBERNETES_RELEASES_AS_OF, KUBERNETES_RELEASES_SOURCES } from "./kubernetes-releases";
import { MANAGED_RELEASES_AS_OF, MANAGED_RELEASES_SOURCES } from "./managed-releases";
import { NODE_SYSTEMS_AS_OF, SYSTEM_SUPPORT_AS_OF, SYSTEM_SUPPORT_SOURCES } from "./node-systems";
import { PROVIDER_RBAC_AS_OF } from "./provider-rbac";
import { RUNTIME_RELEASES_AS_OF, RUNTIME_RELEASES_SOURCES } from "./runtime-releases";
import { SECRET_PATTERNS_AS_OF } from "./secret-patterns";
import { SHIPPED_RBAC } from "./shipped-rbac";

describe("facts that age", () => {
  const dates = {
    ADMIN_CONSOLES_AS_OF,
    AGENTS_AS_OF,
    KERNEL_RELEASES_AS_OF,
    KUBERNETES_PATCHES_AS_OF,
    KUBERNETES_RELEASES_AS_OF,
    MANAGED_RELEASES_AS_OF,
    NODE_SYSTEMS_AS_OF,
    PROVIDER_RBAC_AS_OF,
    RUNTIME_RELEASES_AS_OF,
    SECRET_PATTERNS_AS_OF,
    SHIPPED_RBAC: SHIPPED_RBAC.asOf,
    SYSTEM_SUPPORT_AS_OF,
  };
  test.each(Object.entries(dates))("%s is a day", (_, asOf) => {
    expect(new Date(`${asOf}T00:00:00Z`).toISOString().slice(0, 10)).toBe(asOf);
  });
  const sources = { KERNEL_RELEASES_SOURCES, KUBERNETES_RELEASES_SOURCES, MANAGED_RELEASES_SOURCES, RUNTIME_RELEASES_SOURCES, SYSTEM_SUPPORT_SOURCES };
  test.each(Object.entries(sources))("%s are addresses that people can open", (_, list) => {
    expect(list.length).toBeGreaterThan(0);
    for (const source of list) expect(new URL(source).protocol).toBe("https:");
  });
});
