import type { ReactNode } from "react";
import type { SettingsResponse } from "@/lib/contracts/settings";
import { Section } from "../primitives/section";
import { RulesForm } from "./rules-form";

/** Which registries and namespaces are trusted, and what is asked of limits. */
export function RulesSection({ cluster, settings }: { readonly cluster: string; readonly settings: SettingsResponse }): ReactNode {
  const { trustedRegistries, platformNamespaces, requireCpuLimit } = settings;
  return (
    <Section title="Registries, namespaces and limits" note="Used by the next scan">
      <RulesForm cluster={cluster} rules={{ trustedRegistries, platformNamespaces, requireCpuLimit }} />
    </Section>
  );
}
