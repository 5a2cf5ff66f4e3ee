import type { ReactNode } from "react";
import type { SettingsResponse } from "@/lib/contracts/settings";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { OptInForm } from "./opt-in-form";

interface OptInSectionProps {
  readonly cluster: string;
  readonly base: string;
  readonly settings: SettingsResponse;
}

/** What a scan reads only when somebody asks for it: what each source needs, and what it adds. */
export function OptInSection({ cluster, base, settings }: OptInSectionProps): ReactNode {
  return (
    <div id="opt-in">
      <Section
        title="Opt-in sources"
        note={
          <PostureLink className="link" href={`${base}/sources?view=off`}>
            Sources
          </PostureLink>
        }
      >
        <OptInForm cluster={cluster} sources={settings.optInSources} />
      </Section>
    </div>
  );
}
